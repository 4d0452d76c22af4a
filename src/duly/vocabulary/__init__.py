"""Words the whole house shares: lengths of time, answers that say why, problems that say what to do."""

from duly.vocabulary.answer import Answer, Because
from duly.vocabulary.length import Length, Unit
from duly.vocabulary.period import Period
from duly.vocabulary.problem import Problem, Refused

__all__ = ["Answer", "Because", "Length", "Period", "Problem", "Refused", "Unit"]
