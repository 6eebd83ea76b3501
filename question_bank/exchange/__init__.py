"""Banks from and to files."""
