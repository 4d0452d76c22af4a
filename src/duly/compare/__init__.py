"""What changes between two editions of a rulebook, in sentences, and who is worse off."""
