"""The desk: pages of the staff."""
