"""PostgreSQL, with a cursor for what takes longer to plan than to answer.

Django writes the values into a statement, so that no two are alike and PostgreSQL plans each afresh. What is
asked through `planned_cursor` keeps its values apart, and is planned once for a connection.
"""

from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """What was sent; where the values were kept apart, it is told without them."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Plans are kept from the first time on; Django's own cursors never ask for one to be kept."""
        params: dict[str, Any] = super().get_connection_params()
        return {**params, "prepare_threshold": 0}

    def init_connection_state(self) -> None:
        """One plan for all values: by its own reckoning PostgreSQL would plan again where a value is rare."""
        super().init_connection_state()
        self.connection.execute("SET plan_cache_mode = force_generic_plan")

    def planned_cursor(self) -> CursorWrapper:
        """A cursor whose statements are planned once."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        planned: Any = base.ServerBindingCursor  # psycopg's own, of which Django's types know nothing
        cursor = planned(self.connection)
        return self.make_debug_cursor(cursor) if self.queries_logged else self.make_cursor(cursor)
