"""What holds of a certificate: numbers, periods, states, faces. No clock, no database."""
