"""Limits without addresses: counted in memory alone, under names nobody can turn back (threats 2.7)."""

from duly_server.gateways.limits.counts import Budget, Counts
from duly_server.gateways.limits.networks import network_of, trusted
from duly_server.gateways.limits.place import folder_in_memory, leave
from duly_server.gateways.limits.tickets import LONGEST_WAIT, SHORTEST_WAIT, Ticket, Tickets

__all__ = [
    "LONGEST_WAIT",
    "SHORTEST_WAIT",
    "Budget",
    "Counts",
    "Ticket",
    "Tickets",
    "folder_in_memory",
    "leave",
    "network_of",
    "trusted",
]
