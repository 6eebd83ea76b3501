"""Findings, the rules of separation, and what the code itself shows."""
