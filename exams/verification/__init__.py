"""What it means that something kept of an exam differs from what was promised, drawn or announced."""
