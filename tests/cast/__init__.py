"""All that tests share: people and their days, places to stand in, and ways to wait, call and look.

`platform` holds the fixtures of tests that need a database or a server. A pure test imports only modules that are pure
themselves. What two test files need belongs here; some of it still stands in a conftest or a test file.
"""
