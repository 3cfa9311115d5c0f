"""What `manage.py rotate_keys` seals anew here."""

from partners.nik.services import reseal

__all__ = ["reseal"]
