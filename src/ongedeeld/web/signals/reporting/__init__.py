"""Telling what one saw: what can be told, where, and how it is taken in."""
