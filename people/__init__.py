"""Who someone is, for whom they work, what post they hold, what they may do."""
