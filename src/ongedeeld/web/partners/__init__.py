"""Organisations, what they offer, and what was agreed with them."""
