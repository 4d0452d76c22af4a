"""A rulebook in plain English, told to one of its parties, or to nobody in particular."""
