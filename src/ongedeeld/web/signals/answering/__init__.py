"""Answering a signal: the steps there are, who takes them, and how to go to an address."""
