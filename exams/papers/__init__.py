"""Blueprint to paper: drawn, sealed, and open to verification by anyone after the sitting."""
