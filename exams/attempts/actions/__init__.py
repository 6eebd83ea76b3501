"""Every write of the exam room; `saving` is the hot path."""
