"""People and organisations that do not exist, and pictures of them."""
