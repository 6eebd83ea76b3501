"""The kernel's first tables."""
