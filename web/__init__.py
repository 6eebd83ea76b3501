"""The entrances: HTTP and HTML, the worker, the command line, and the wiring of reactions."""
