"""Versions of the City: upload, check, accept, roll back; addresses."""
