"""Answers and a paper become marks. Rules only: what is stored and released is the matter of attempts/ and results/."""
