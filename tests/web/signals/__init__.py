"""Signals: what the front line sees, and the answer it gets."""
