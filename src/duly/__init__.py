"""The rules: pure functions over a rulebook and a record. No disk, network, clock or chance."""
