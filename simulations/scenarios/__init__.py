"""A scenario: a world, its goals and its score sheet, published as versions that never change."""
