"""What an attempt is worth: marked when the room is closed, had again from the steps at any time.

Not here: what a fraction is worth and how marks are added (scoring), who is told and when (results).
"""
