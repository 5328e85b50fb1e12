"""What other systems may read: the API and its tokens."""
