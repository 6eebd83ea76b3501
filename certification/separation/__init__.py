"""How the separation of teaching and testing is enforced, with the evidence as found at this moment."""
