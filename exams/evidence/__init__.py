"""What is kept of an exam, held against what was announced of it, and results had again from it.

Steps against their receipt, sheets against what was signed, results against a replay of both. Not here: the draws,
which exams/papers and exams/practicals repeat, and the audit itself, whose seal the kernel checks.
"""
