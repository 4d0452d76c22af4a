"""The database itself refuses to change the record: a guard rail against slips, not a wall (threats 3.6).

Facts: no UPDATE, no DELETE, no TRUNCATE, nothing written over a place that is taken. Sealed parts: the same,
except that one may be deleted, since a part whose key was destroyed is only waste. Leaves: as facts.
"""

TABLES = {"facts": "store_factrow", "parts": "store_sealedpart", "leaves": "store_leafrow"}

# INSERT OR REPLACE deletes the old row without asking a BEFORE DELETE trigger unless recursive_triggers is
# on, and an upsert turns into an UPDATE: so the insert itself is refused, whatever the pragmas.
_SQLITE = {
    "facts_no_update": """
        CREATE TRIGGER facts_no_update BEFORE UPDATE ON store_factrow
        BEGIN SELECT RAISE(ABORT, 'A fact is never changed: correct it by a new fact.'); END""",
    "facts_no_delete": """
        CREATE TRIGGER facts_no_delete BEFORE DELETE ON store_factrow
        BEGIN SELECT RAISE(ABORT, 'A fact is never deleted: correct it by a new fact.'); END""",
    "facts_no_replace": """
        CREATE TRIGGER facts_no_replace BEFORE INSERT ON store_factrow
        WHEN EXISTS (SELECT 1 FROM store_factrow WHERE chain = NEW.chain AND place = NEW.place)
        BEGIN SELECT RAISE(ABORT, 'This place of the record is taken.'); END""",
    "parts_no_update": """
        CREATE TRIGGER parts_no_update BEFORE UPDATE ON store_sealedpart
        BEGIN SELECT RAISE(ABORT, 'A sealed part is never changed.'); END""",
    "parts_no_replace": """
        CREATE TRIGGER parts_no_replace BEFORE INSERT ON store_sealedpart
        WHEN EXISTS (
            SELECT 1 FROM store_sealedpart WHERE chain = NEW.chain AND place = NEW.place AND name = NEW.name
        )
        BEGIN SELECT RAISE(ABORT, 'This part of the record is there already.'); END""",
    "leaves_no_update": """
        CREATE TRIGGER leaves_no_update BEFORE UPDATE ON store_leafrow
        BEGIN SELECT RAISE(ABORT, 'A number of the log is never changed.'); END""",
    "leaves_no_delete": """
        CREATE TRIGGER leaves_no_delete BEFORE DELETE ON store_leafrow
        BEGIN SELECT RAISE(ABORT, 'A number of the log is never taken back.'); END""",
    "leaves_no_replace": """
        CREATE TRIGGER leaves_no_replace BEFORE INSERT ON store_leafrow
        WHEN EXISTS (SELECT 1 FROM store_leafrow WHERE number = NEW.number)
        OR EXISTS (SELECT 1 FROM store_leafrow WHERE chain = NEW.chain AND place = NEW.place)
        BEGIN SELECT RAISE(ABORT, 'This number or this fact is in the log already.'); END""",
}

# Statement triggers also fire when no row matches and for an upsert that meets no conflict. ALWAYS: also
# while session_replication_role says that triggers rest. COPY and INSERT over a place meet the primary key.
_POSTGRESQL = {
    "facts_no_change": """
        CREATE TRIGGER facts_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON store_factrow
        FOR EACH STATEMENT EXECUTE FUNCTION duly_refuse('A fact is never changed: correct it by a new fact.');
        ALTER TABLE store_factrow ENABLE ALWAYS TRIGGER facts_no_change""",
    "facts_no_row_change": """
        CREATE TRIGGER facts_no_row_change BEFORE UPDATE OR DELETE ON store_factrow
        FOR EACH ROW EXECUTE FUNCTION duly_refuse('A fact is never changed: correct it by a new fact.');
        ALTER TABLE store_factrow ENABLE ALWAYS TRIGGER facts_no_row_change""",
    "parts_no_change": """
        CREATE TRIGGER parts_no_change BEFORE UPDATE OR TRUNCATE ON store_sealedpart
        FOR EACH STATEMENT EXECUTE FUNCTION duly_refuse('A sealed part is never changed.');
        ALTER TABLE store_sealedpart ENABLE ALWAYS TRIGGER parts_no_change""",
    "parts_no_row_change": """
        CREATE TRIGGER parts_no_row_change BEFORE UPDATE ON store_sealedpart
        FOR EACH ROW EXECUTE FUNCTION duly_refuse('A sealed part is never changed.');
        ALTER TABLE store_sealedpart ENABLE ALWAYS TRIGGER parts_no_row_change""",
    "leaves_no_change": """
        CREATE TRIGGER leaves_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON store_leafrow
        FOR EACH STATEMENT EXECUTE FUNCTION duly_refuse('A number of the log is never changed.');
        ALTER TABLE store_leafrow ENABLE ALWAYS TRIGGER leaves_no_change""",
    "leaves_no_row_change": """
        CREATE TRIGGER leaves_no_row_change BEFORE UPDATE OR DELETE ON store_leafrow
        FOR EACH ROW EXECUTE FUNCTION duly_refuse('A number of the log is never changed.');
        ALTER TABLE store_leafrow ENABLE ALWAYS TRIGGER leaves_no_row_change""",
}

_REFUSE = """
    CREATE OR REPLACE FUNCTION duly_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def names(vendor: str) -> frozenset[str]:
    """The triggers that must stand in a database of this vendor ("sqlite", "postgresql")."""
    return frozenset(_SQLITE if vendor == "sqlite" else _POSTGRESQL)


def raising(vendor: str, *of: str) -> tuple[str, ...]:
    """The statements that put the guards up: of these of TABLES ("facts", ...), or of all."""
    guards = _SQLITE if vendor == "sqlite" else _POSTGRESQL
    wanted = tuple(statement for name, statement in guards.items() if _is_of(name, of))
    return wanted if vendor == "sqlite" else (_REFUSE, *wanted)


def lowering(vendor: str, *of: str) -> tuple[str, ...]:
    """The statements that take them down again: for a migration that rebuilds these tables, and for tests."""
    wanted = [name for name in names(vendor) if _is_of(name, of)]
    if vendor == "sqlite":
        return tuple(f"DROP TRIGGER IF EXISTS {name}" for name in wanted)
    return tuple(f"DROP TRIGGER IF EXISTS {name} ON {TABLES[_guarded(name)]}" for name in wanted)


def standing(vendor: str) -> str:
    """The query for the names of the triggers that stand on these tables."""
    if vendor == "sqlite":
        return """
            SELECT name FROM sqlite_master WHERE type = 'trigger'
            AND tbl_name IN ('store_factrow', 'store_sealedpart', 'store_leafrow')"""
    return """
        SELECT tgname FROM pg_trigger
        WHERE tgrelid IN ('store_factrow'::regclass, 'store_sealedpart'::regclass, 'store_leafrow'::regclass)
        AND NOT tgisinternal AND tgenabled = 'A'"""


def _is_of(name: str, of: tuple[str, ...]) -> bool:
    return not of or _guarded(name) in of


def _guarded(name: str) -> str:
    return name.partition("_")[0]
