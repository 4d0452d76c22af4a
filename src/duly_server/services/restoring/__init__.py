"""Setting an office up again from its two backups and its recovery sheet."""
