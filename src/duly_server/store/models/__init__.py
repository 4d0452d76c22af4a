"""The tables: the record, and indexes that can be dropped and rebuilt from it."""

from duly_server.store.models.accounts import Account, InvitationRow, SavedView
from duly_server.store.models.conflicts import ConflictRow
from duly_server.store.models.docket import AssignmentRow, CaseRow, ComplaintRow, DutyRow
from duly_server.store.models.factors import AuthenticatorRow, IdentityRow, PasskeyRow, RecoveryCodeRow
from duly_server.store.models.history import HistoryRow
from duly_server.store.models.intake import DraftRow, ReceiptRow
from duly_server.store.models.kept import KeptRow
from duly_server.store.models.links import ComplaintCaseRow
from duly_server.store.models.log import LeafRow, WaitingRow
from duly_server.store.models.office import AppointmentRow, CalendarRow, EditionRow, ProposedRow
from duly_server.store.models.parties import PartyToken
from duly_server.store.models.record import FactRow, SealedPart
from duly_server.store.models.register import MeasureRow
from duly_server.store.models.reminders import AgendaRow, OutboxRow
from duly_server.store.models.rounds import RoundRow

__all__ = [
    "Account",
    "AgendaRow",
    "AppointmentRow",
    "AssignmentRow",
    "AuthenticatorRow",
    "CalendarRow",
    "CaseRow",
    "ComplaintCaseRow",
    "ComplaintRow",
    "ConflictRow",
    "DraftRow",
    "DutyRow",
    "EditionRow",
    "FactRow",
    "HistoryRow",
    "IdentityRow",
    "InvitationRow",
    "KeptRow",
    "LeafRow",
    "MeasureRow",
    "OutboxRow",
    "PartyToken",
    "PasskeyRow",
    "ProposedRow",
    "ReceiptRow",
    "RecoveryCodeRow",
    "RoundRow",
    "SavedView",
    "SealedPart",
    "WaitingRow",
]
