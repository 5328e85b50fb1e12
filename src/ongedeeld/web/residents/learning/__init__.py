"""What given lives teach together."""
