"""The key store: wrapped unit keys, in a database of their own (threats 2.3)."""
