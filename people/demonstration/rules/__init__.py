"""People and organisations that do not exist, and pictures of them."""

PASSWORD = "anpei-demo"  # noqa: S105 - shown to everybody who opens the sign-in page of a demonstration, and nowhere else
