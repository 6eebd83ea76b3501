"""What holds of a certificate: numbers, periods, states, faces and their drawing. No clock, no database."""
