"""Sending a signal of public space on to the municipality."""
