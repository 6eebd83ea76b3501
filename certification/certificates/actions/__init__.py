"""Every deed about a certificate: it is written once; everything later is a line of its log."""
