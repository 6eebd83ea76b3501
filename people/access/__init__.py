"""Every permission, and which role holds it, on one page."""
