"""The schema of release 0.1.0, a folder a package and a module a subject; each package has one migration that reads it.

Until the release has its date these modules are edited in place. From that day on they stand as they are.
"""
