"""People, roles, their areas; sign-in; may()."""
