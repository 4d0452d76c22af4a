"""Django's SQLite with one change: tables keep no row numbers."""
