"""The vault: what the server keeps of a life map without being able to read it."""
