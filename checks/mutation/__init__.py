"""Mutation testing: whether a test fails when a line of the rules says something else."""
