"""Django's PostgreSQL with one addition: statements that are planned once for a connection."""
