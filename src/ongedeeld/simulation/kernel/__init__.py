"""The kernel of one month, compiled, and what it reads and writes."""
