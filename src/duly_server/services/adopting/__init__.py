"""Adopting a second edition of a rulebook, or a changed calendar, in a running office."""
