"""Start, map, neighbourhood, complex."""
