"""What every package stands on: time, database, work, audit, keys, jobs, errors. No noun of the trade lives here."""
