"""What the command line says to a person, or to the program that reads it through a pipe."""

import sys

from rich.console import Console

WIDE = 200  # columns; what is piped or kept is read by programs and searched: no cell may be broken to fit a screen

console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
