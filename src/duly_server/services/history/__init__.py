"""History: complaints decided or pending elsewhere, taken in from files, owing nothing here."""
