"""The only package that sees both sides: eligibility, certificates, compliance, and the page of separation."""
