"""Every act of the invigilators in the room. Each leaves a line in the room record, or is a check-in."""
