"""Case meetings, of which each party sees what concerns it."""
