"""Policies side by side: who gains, who waits, where it lands, how sure that is."""
