"""Giving a copy of a life for learning."""
