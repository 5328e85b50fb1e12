"""Life maps whose key the resident holds, and what a resident chooses to share of them."""
