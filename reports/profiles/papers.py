"""The profile of a group: who it is, who belongs to it, what it did in a year."""

from datetime import date

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import CommunityGroup
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Facts,
    Heading,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates

MONTHS = 12
Status = CommunityGroup.Status


@register
class GroupProfile(Paper):
    """As things stand on the day it is asked for; another day gives another."""

    kind = "reports.profile"
    label = gettext_lazy("Profil kelompok")
    model = CommunityGroup
    permission = "partners.prepare_paper"
    about = gettext_lazy(
        "Penetapan, anggota, kerja sama yang berlaku, dan kegiatan dua belas bulan "
        "terakhir, berkode QR untuk ditunjukkan kepada pihak lain."
    )
    asked = "communitygroup.profiled"
    ready = gettext_lazy("Profil kelompok siap diunduh: %(name)s")

    def rows(self):
        return CommunityGroup.objects.select_related("office", "field")

    def refusal(self, group):
        if group.status in (Status.ESTABLISHED, Status.ACTIVE, Status.DORMANT):
            return None
        return _("Profil dibuat sesudah kelompok ditetapkan dan sebelum dibubarkan.")

    def address(self, group):
        return f"{group.get_absolute_url()}?tab=papers#tabs"

    def revision(self, group):
        moved = Count("pk") + Count("ends_on")
        moves = group.memberships.aggregate(moves=moved)["moves"]
        return group.revision + group.office.revision + moves

    def serves(self, issued, group):
        is_of_today = issued.issued_on == group.office.today
        return is_of_today and super().serves(issued, group)

    def identity(self, group):
        # Printed on a paper, and papers are Indonesian.
        return Identity(
            title="Profil kelompok",
            holder=group.name,
            number=group.decree_number,
            period=dates.date_long(group.office.today),
        )

    def content(self, group, issued):
        day = issued.issued_on
        since = dates.months_later(day, -MONTHS)
        return Content(
            [
                Title(_("Profil Kelompok"), [group.name, str(group.field)]),
                Facts(_facts(group, issued)),
                Heading(_("Anggota"), 2),
                _members(group, day),
                Heading(_("Kerja sama yang berlaku"), 2),
                _agreements(group, day),
                Heading(_("Kegiatan dua belas bulan terakhir"), 2),
                *_activities(group, since, day),
                Signature.of_head(issued, day),
            ]
        )


def _facts(group: CommunityGroup, issued) -> list:
    decree = f"{group.decree_number}, {dates.date_long(group.decree_on)}"
    rows = [
        (_("Unit"), [issued.office_name]),
        (_("SK penetapan"), [decree]),
    ]
    if group.inaugurated_on:
        rows.append((_("Dikukuhkan"), [dates.date_long(group.inaugurated_on)]))
    state = f"{group.get_status_display()} ({dates.date_long(issued.issued_on)})"
    return [*rows, (_("Keadaan"), [state])]


def _members(group: CommunityGroup, day: date) -> Table | Paragraph:
    places = group.memberships.on(day).ranked()
    rows = [
        [
            dates.number(number),
            place.partnership.partner.name,
            place.get_role_display(),
            dates.date_short(place.starts_on),
        ]
        for number, place in enumerate(
            places.select_related("partnership__partner"), start=1
        )
    ]
    columns = [
        Column(_("No."), "order"),
        Column(_("Mitra")),
        Column(_("Kedudukan"), "middle"),
        Column(_("Sejak"), "short"),
    ]
    nobody = Paragraph(_("Belum ada anggota."))
    return Table(columns, rows, head=1, rows_are=_("anggota")) if rows else nobody


def _agreements(group: CommunityGroup, day: date) -> Table | Paragraph:
    found = Agreement.objects.in_force(day).filter(group=group)
    rows = [
        [
            Cell(row.title, row.partner.name),
            row.our_number,
            dates.date_short(row.ends_on),
        ]
        for row in found.select_related("partner").order_by("ends_on", "pk")
    ]
    columns = [
        Column(_("Kerja sama")),
        Column(_("Nomor"), "middle"),
        Column(_("Berakhir"), "short"),
    ]
    nothing = Paragraph(_("Tidak ada kerja sama yang berlaku."))
    return Table(columns, rows, rows_are=_("kerja sama")) if rows else nothing


def _activities(group: CommunityGroup, since: date, day: date) -> list:
    found = Activity.objects.counted().filter(group=group, held_on__range=(since, day))
    served = Sum("counts__number", default=0)
    found = found.select_related("type").annotate(served=served)
    found = list(found.order_by("held_on", "pk"))
    rows = [
        [
            dates.date_short(row.held_on),
            Cell(row.title, f"{row.type} · {row.place}"),
            dates.number(row.served),
        ]
        for row in found
    ]
    if not rows:
        return [Paragraph(_("Tidak ada kegiatan terverifikasi pada masa ini."))]
    told = _("%(many)s kegiatan terverifikasi, %(served)s penerima manfaat.") % {
        "many": dates.number(len(rows)),
        "served": dates.number(sum(row.served for row in found)),
    }
    columns = [
        Column(_("Tanggal"), "short"),
        Column(_("Kegiatan")),
        Column(_("Penerima"), "number"),
    ]
    table = Table(columns, rows, head=1, rows_are=_("kegiatan terverifikasi"))
    return [Paragraph(told), table]
