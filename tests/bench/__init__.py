"""`make bench`: the hot paths under load, beside a route that does nothing, in the same server and the same run."""
