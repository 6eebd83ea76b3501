"""A training provider's learners: enrol them, see how far they are, record classes."""
