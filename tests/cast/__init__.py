"""All that tests share: people and their days, places to stand in, and ways to wait, call and look.

`platform` holds the fixtures of tests that need a database or a server. A pure test imports only modules that are pure
themselves. No test file and no conftest is imported by another: what two of them need stands here.
"""
