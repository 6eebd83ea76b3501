"""The first tables of training."""
