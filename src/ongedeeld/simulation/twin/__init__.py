"""A run in plain Python, built on the round of the room allocation: the kernel gives the same lettings."""
