from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from pokmas.accounts import sealed
from pokmas.server.rooms import collect

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = "Seal every secret with the newest data key."

    def handle(self, *args, **options):
        rotated = sum(
            rotate(pk)
            for pk in Authenticator.objects.order_by("pk")
            .values_list("pk", flat=True)
            .iterator()
        )
        rotated += sum(room.reseal() for room in collect("resealing"))
        self.stdout.write(f"{rotated} rahasia disegel ulang dengan kunci terbaru.")


@transaction.atomic
def rotate(pk: int) -> int:
    """Seal the secrets of one row anew; the portal may use it meanwhile."""
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    old = {
        name: row.data[name]
        for name in SECRETS
        if row and name in row.data and not sealed.is_current(row.data[name])
    }
    if old:
        row.data.update(
            {name: sealed.seal(sealed.unseal(token)) for name, token in old.items()}
        )
        row.save(update_fields=["data"])
    return len(old)
