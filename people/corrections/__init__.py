"""Mistakes in who somebody is: a name, a mobile number, a number of an identity document. Each with a reason."""
