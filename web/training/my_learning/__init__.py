"""The learner's own courses."""
