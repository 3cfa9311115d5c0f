"""Keep a NIK, read it, seal it anew."""

from django.db import transaction

from partners.nik.models import SHOWN, Nik
from pokmas.accounts import sealed


def keep(number: str) -> Nik:
    return Nik.objects.create(
        token=sealed.seal(number),
        digest=sealed.digests(number)[0],
        ending=number[-SHOWN:],
    )


def read(nik: Nik) -> str:
    return sealed.unseal(nik.token)


def reseal() -> int:
    """Seal and hash every number with the newest key; the portal may run meanwhile."""
    keys = Nik.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_reseal(pk) for pk in keys.iterator())


@transaction.atomic
def _reseal(pk: int) -> int:
    row = Nik.objects.select_for_update().filter(pk=pk).first()
    if row is None or sealed.is_current(row.token):
        return 0
    number = sealed.unseal(row.token)
    row.token, row.digest = sealed.seal(number), sealed.digests(number)[0]
    row.save(update_fields=["token", "digest"])
    return 1
