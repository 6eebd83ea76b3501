"""One candidate at one paper: checked in, started, answered step by step, handed in or run out of time."""
