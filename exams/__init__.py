"""Testing: standards, centres, registrations, sittings, papers, attempts, scoring, practicals, results, integrity."""
