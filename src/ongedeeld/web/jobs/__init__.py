"""Long work: lease, heartbeat, progress, cancel; the worker."""
