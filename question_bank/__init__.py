"""What is asked: questions and their immutable versions, outlines, review, pools. Teaching never sees this package."""
