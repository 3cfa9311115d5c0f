"""What people do with activities. Other apps use what is named here."""

from outreach.services.results import lock

__all__ = ["lock"]
