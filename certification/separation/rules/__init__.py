"""Findings, and the words in which the rules of separation are said."""
