"""A date, a room, seats, the staff on duty, and the steps from planning to release. Papers and marks live elsewhere."""
