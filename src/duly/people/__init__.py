"""Who holds which office on a day, and who acts."""

from duly.people.actor import Actor
from duly.people.appointments import Appointment, Roll

__all__ = ["Actor", "Appointment", "Roll"]
