"""Requests that a rule gives way for a step, and their answers."""
