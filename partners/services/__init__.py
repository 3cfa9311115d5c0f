"""What people do with partners and groups. Other apps use what is named here."""

from partners.services.standing import activate, end

__all__ = ["activate", "end"]
