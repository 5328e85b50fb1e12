"""Referring somebody: from what, to whom, and what is told on which ground."""
