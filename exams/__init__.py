"""Testing, from the standard by registration, sitting, paper and attempt to a result that can be had again."""
