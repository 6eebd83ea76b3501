"""Every write of an attempt; `saving` is the hot path."""
