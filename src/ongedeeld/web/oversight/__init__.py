"""Pages for those who watch over the workbench."""
