"""Pages as documents: what stands in them, and how Word and PDF are made of it."""
