"""Many futures: drawn, run by workers, kept and resumed."""
