"""Rules and evidence, and proposals of local values."""
