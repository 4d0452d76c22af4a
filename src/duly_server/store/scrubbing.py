"""Writing the table of receipt codes anew, on PostgreSQL, for a role that owns nothing (threats 2.6).

VACUUM FULL is for the owner alone; before PostgreSQL 17 nothing grants it, and it cannot run in a function.
CLUSTER can: this one is the owner's, takes no argument, and does that to that one table and nothing else.
Whoever may call it can hold the table up for as long as writing it anew takes, as by any lock on it.

CLUSTER keeps the rows that others may still see, unlike what ALTER TABLE or TRUNCATE would do: a backup that
began before finds all of them. It counts them too, so the answer is whether there were none of these.
"""

FUNCTION = "duly_scrub_receipts"

# Who waits for a table that is read holds up everybody who comes after: not for longer than that.
_MAKE = f"""
    CREATE OR REPLACE FUNCTION public.{FUNCTION}() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET lock_timeout = '50ms' AS $$
    BEGIN
        CLUSTER public.store_receiptrow USING store_receiptrow_pkey;
        RETURN (SELECT reltuples FROM pg_class WHERE oid = 'public.store_receiptrow'::regclass)
            = (SELECT count(*) FROM public.store_receiptrow)::real;
    END $$"""  # noqa: S608 -- made of this module's own text


def making(vendor: str) -> tuple[str, ...]:
    """The statements that make it, for the owner of the tables alone; none for SQLite, which needs none."""
    return (
        (_MAKE, f"REVOKE ALL ON FUNCTION public.{FUNCTION}() FROM PUBLIC") if vendor == "postgresql" else ()
    )


def unmaking(vendor: str) -> tuple[str, ...]:
    """The statements that take it away again."""
    return (f"DROP FUNCTION IF EXISTS public.{FUNCTION}()",) if vendor == "postgresql" else ()
