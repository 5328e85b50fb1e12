"""A workbench to look around in: the model city, invented people, signing in with one click."""
