"""One person, one file: lessons completed, hours reached, and the one fact that leaves teaching: hours are complete."""
