"""What every screen stands in: who may open it, how it reads and writes, how a page and a problem are shown."""
