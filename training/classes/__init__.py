"""Face-to-face teaching: what was taught, where, by whom, and who was there. Practice can be learnt nowhere else."""
