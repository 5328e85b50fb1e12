"""What residents see and do at their own door, beside the map itself."""
