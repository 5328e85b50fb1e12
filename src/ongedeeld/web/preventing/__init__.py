"""Before an eviction: early debt signals, and the steps that were tried."""
