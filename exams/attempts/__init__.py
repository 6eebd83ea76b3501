"""One candidate at one paper: ready, started, answered step by step, handed in or run out of time."""
