"""The only package that sees both sides: eligibility, certificates, compliance, supervision."""
