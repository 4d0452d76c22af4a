"""What is checked of the repository itself, by hand or from time to time."""
