"""The office of a page, and what can be done with it at all."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office, OfficeChange

Kind, Level = OfficeChange.Kind, Office.Level
ACTIONS = {
    Kind.RENAME: _("Ganti nama atau kelas"),
    Kind.MOVE: _("Pindahkan induk"),
    Kind.MERGE: _("Gabungkan ke kantor lain"),
    Kind.SPLIT: _("Pecah"),
    Kind.CLOSE: _("Tutup"),
    Kind.REOPEN: _("Buka kembali"),
}


def found(request, pk):
    offices = Office.objects.visible_to(request.user).for_list()
    return get_object_or_404(
        offices.select_related("parent__parent__parent", "successor"), pk=pk
    )


def possible_kinds(office):
    """The changes this office can undergo at all."""
    if office.successor_id:
        return []
    if not office.is_active:
        return [Kind.REOPEN]
    return {
        Level.HEADQUARTERS: [Kind.RENAME],
        Level.REGIONAL: [Kind.RENAME, Kind.MERGE, Kind.SPLIT, Kind.CLOSE],
        Level.UNIT: [Kind.RENAME, Kind.MOVE, Kind.MERGE, Kind.SPLIT, Kind.CLOSE],
        Level.POST: [Kind.RENAME, Kind.MOVE, Kind.MERGE, Kind.CLOSE],
    }[Level(office.level)]
