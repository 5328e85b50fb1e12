"""Copies that residents share: one thing, with one receiver, for one purpose, until a day."""
