"""Pure functions that measure: from a City or plain arrays to tables."""
