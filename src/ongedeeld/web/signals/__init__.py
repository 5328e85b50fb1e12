"""What the front line sees, and the answer that everything seen gets."""
