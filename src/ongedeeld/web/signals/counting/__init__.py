"""How many signals came: counted, protected and told."""
