"""Banks and their knowledge points, versioned: what an exam of one qualification is about."""
