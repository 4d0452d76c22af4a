"""Acts, the one function that says yes or no to them, and what may happen next."""

from duly.procedure.decide import decide
from duly.procedure.next_steps import NextStep, actor_for, next_steps

__all__ = ["NextStep", "actor_for", "decide", "next_steps"]
