"""Time and memory of the main work, side by side with doing it in the plain way."""
