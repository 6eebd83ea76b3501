"""Who may not invigilate, examine or mark whom, and the findings when it was found out too late."""
