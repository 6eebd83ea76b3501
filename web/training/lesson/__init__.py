"""One lesson: read, watch, answer, be credited."""
