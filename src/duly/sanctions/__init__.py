"""What binds a person, from when to when."""

from duly.sanctions.effect import Restriction, Standing, restrictions

__all__ = ["Restriction", "Standing", "restrictions"]
