"""Settings, addresses, base templates, the permission table put together; no domain."""
