"""Screens of training: what learners and their teachers see."""
