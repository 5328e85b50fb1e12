"""Tools for those who work on Ongedeeld; nothing here is in the package."""
