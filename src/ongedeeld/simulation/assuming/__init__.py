"""What is assumed, with range, source and grade; and how it was fitted to what was published."""
