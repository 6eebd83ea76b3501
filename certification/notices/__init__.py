"""Who is told what by a message, and in which words. What a message must not say is said on a page."""
