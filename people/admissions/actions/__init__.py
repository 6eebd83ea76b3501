"""Every write about how organisations come in."""

from people.admissions.actions.listing import bring_organisations, cancel_organisations

__all__ = ["bring_organisations", "cancel_organisations"]
