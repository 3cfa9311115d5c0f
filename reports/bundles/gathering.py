"""What the records show of an item of the action plan, and what is missing.

Of an office above units: what it did itself, and the accepted reports of those below;
the other files of a unit stand in the unit's own bundle.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agreements.models import Agreement
from outreach.models import Activity, ProgrammeActivity
from partners.models import CommunityGroup
from pokmas.accounts.models import User
from pokmas.documents.models import Document, IssuedDocument
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.bundles.models import PlanFile
from reports.duties.expected import Duties, Expected
from reports.figures.periods import Kind, Month, Period
from reports.indicators.counted import SHOWN_BY
from reports.indicators.models import Indicator, newest
from reports.monthly.models import Report
from reports.targets.models import EnteredValue

Level = Office.Level
ENDING = timedelta(days=90)
# What is read of a photo or sheet.
OF_FILE = ("pk", "file", "name", "kind", "size", "scan")


class Source(models.TextChoices):
    """Where a file comes from; a folder of the bundle each, in this order."""

    REPORT = "report", gettext_lazy("Laporan yang diterima")
    VALUE = "value", gettext_lazy("Nilai yang diisi unit")
    AGREEMENT = "agreement", pgettext_lazy("several", "Kerja sama")
    GROUP = "group", gettext_lazy("Pokmas Lipas")
    ACTIVITY = "activity", gettext_lazy("Kegiatan")
    OWN = "own", gettext_lazy("Berkas tambahan")


# Where `Gathering` has them.
RECORDS = {
    Source.AGREEMENT: "_agreements",
    Source.GROUP: "_groups",
    Source.ACTIVITY: "_activities",
}


@dataclass(frozen=True)
class Piece:
    """A file, and the record that gives it."""

    source: Source
    name: str
    url: str
    file: Document | IssuedDocument
    month: date | None = None

    @property
    def is_ready(self) -> bool:
        """Not waiting for a scan, and not removed."""
        is_there = getattr(self.file, "is_available", True)
        return is_there and bool(self.file.file)

    @property
    def extension(self) -> str:
        kind = getattr(self.file, "kind", "")
        return EXTENSIONS.get(kind, ".pdf")

    @property
    def when(self) -> str:
        return dates.month_year(self.month) if self.month else ""


Kinds = Document.Kind
EXTENSIONS = {
    Kinds.JPEG: ".jpg",
    Kinds.PNG: ".png",
    Kinds.XLSX: ".xlsx",
    Kinds.DOCX: ".docx",
    Kinds.XLS: ".xls",
    Kinds.ODS: ".ods",
    Kinds.CSV: ".csv",
}


@dataclass(frozen=True)
class Gap:
    """What has no evidence, and where that is mended."""

    text: str
    url: str = ""


@dataclass
class Shown:
    """What one indicator has and lacks."""

    indicator: Indicator
    pieces: list[Piece] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def size(self) -> int:
        """What shows several records is packed once."""
        sizes = {piece.file.file.name: piece.file.size for piece in self.pieces}
        return sum(sizes.values())


@dataclass(frozen=True)
class Element:
    """A record that counts, with its files; `about` is what else it belongs to."""

    piece: dict
    files: list
    without: str
    about: frozenset = frozenset()

    @property
    def pieces(self) -> list[Piece]:
        return [Piece(file=file, **self.piece) for file in self.files]


class Gathering:
    """Everything of an office and a period, as far as `user` may see it; each kind of
    record is asked for once, and only if an indicator needs it."""

    def __init__(self, office: Office, period: Period, user: User):
        self.office, self.period, self.user = office, period, user
        self.today = office.today
        self.day = min(period.last, self.today)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Those that are measured at this office in such a period."""
        found = newest(Indicator.objects.filter(valid_from__lte=self.day), self.day)
        return [
            each
            for each in found
            if each.fits(self.period) and each.concerns(self.office)
        ]

    def indicator(self, code: str) -> Indicator | None:
        return next((each for each in self.indicators if each.code == code), None)

    def of(self, indicator: Indicator) -> Shown:
        found = Shown(indicator)
        self._add_reports(found)
        if indicator.is_entered and not self.office.is_wide:
            self._add_values(found)
        shown_by = SHOWN_BY.get(indicator.code, {})
        for source, about in shown_by.items():
            self._add_records(found, Source(source), about)
        found.pieces += self._own(indicator.code)
        if Source.ACTIVITY in shown_by:
            self._add_silent_months(found)
        for piece in [each for each in found.pieces if not each.is_ready]:
            found.pieces.remove(piece)
            words = _("%(name)s: berkasnya belum selesai dipindai atau sudah dihapus.")
            found.gaps.append(Gap(words % {"name": piece.name}, piece.url))
        if not found.pieces and not found.gaps:
            found.gaps.append(Gap(_("Belum ada satu pun bukti.")))
        return found

    # What is asked of the records

    def _rows(self, model: type[models.Model]) -> QuerySet:
        rows = model.objects.visible_to(self.user)
        if self.office.is_wide:
            return rows.filter(office=self.office)
        return rows.filter(office__in=self.office.branch_ids)

    @cached_property
    def _periods(self) -> list[Period]:
        """Those of reports that lie in it and are over."""
        first = self.period.first
        found = [
            Period.of(kind, first).back(-place)
            for kind in Kind
            if kind.length <= self.period.kind.length
            for place in range(self.period.kind.length // kind.length)
        ]
        return [each for each in found if each.last < self.today]

    @cached_property
    def below(self) -> list[Office]:
        """The offices below one above units, by name."""
        if not self.office.is_wide:
            return []
        level = Level.REGIONAL if self.office.is_top else Level.UNIT
        rows = Office.objects.visible_to(self.user).under(self.office)
        return list(rows.filter(level=level).order_by("name", "pk"))

    @cached_property
    def _expected(self) -> list[Expected]:
        return list(Duties().of([self.office, *self.below], self._periods))

    @cached_property
    def _accepted(self) -> list[Report]:
        rows = Report.objects.visible_to(self.user).under(self.office)
        if self.office.is_top:
            rows = rows.filter(office__level=Level.REGIONAL)
        rows = rows.filter(
            status=Report.Status.ACCEPTED,
            month__range=(self.period.first, self.period.last),
        )
        rows = rows.select_related("issued", "office").order_by("month", "kind", "pk")
        return [row for row in rows if row.period.last <= self.period.last]

    @cached_property
    def _values(self) -> list[EnteredValue]:
        rows = self._rows(EnteredValue).select_related("evidence", "office")
        return list(rows.filter(starts_on__range=(self.period.first, self.period.last)))

    @cached_property
    def own_files(self) -> list[PlanFile]:
        """What was added for a part of the period belongs to it, too."""
        rows = PlanFile.objects.visible_to(self.user).filter(
            item__office=self.office,
            item__starts_on__range=(self.period.first, self.period.last),
        )
        rows = rows.select_related("document", "item__office")
        return [row for row in rows if row.item.period.last <= self.period.last]

    def _own(self, code: str) -> list[Piece]:
        found = []
        for row in self.own_files:
            item = row.item
            if item.code == code:
                month = None if item.period.is_longer else item.starts_on
                piece = (Source.OWN, row.shows, row.get_absolute_url(), row.document)
                found.append(Piece(*piece, row.month or month))
        return found

    @cached_property
    def _agreements(self) -> list[Element]:
        rows = self._rows(Agreement).in_force(self.day).select_related("scan")
        return [
            Element(
                {
                    "source": Source.AGREEMENT,
                    "name": row.title,
                    "url": row.get_absolute_url(),
                },
                [row.scan] if row.scan else [],
                _("%(name)s: belum ada pindaian naskah bertanda tangan.")
                % {"name": row.title},
                frozenset({"ending"} if row.ends_on <= self.day + ENDING else ()),
            )
            for row in rows.order_by("signed_on", "pk")
        ]

    @cached_property
    def _groups(self) -> list[Element]:
        rows = self._rows(CommunityGroup).active_on(self.day).select_related("decree")
        return [
            Element(
                {
                    "source": Source.GROUP,
                    "name": row.name,
                    "url": row.get_absolute_url(),
                },
                [row.decree] if row.decree else [],
                _("%(name)s: belum ada berkas SK penetapan.") % {"name": row.name},
            )
            for row in rows
        ]

    @cached_property
    def _activities(self) -> list[Element]:
        """Each with its photos and sheets, in one query."""
        rows = self._rows(Activity).counted()
        rows = rows.filter(held_on__range=(self.period.first, self.period.last))
        linked = ProgrammeActivity.objects.filter(activity=OuterRef("pk"))
        present = Q(evidence__removed_at=None, evidence__refused_at=None)
        rows = rows.annotate(
            in_programme=Exists(linked),
            shown=FilteredRelation("evidence", condition=present),
        ).order_by("held_on", "pk", "shown__kind", "shown__pk")
        about = ("pk", "title", "held_on", "group_id", "agreement_id", "in_programme")
        files = [f"shown__document__{name}" for name in OF_FILE]
        found = {}
        for values in rows.values_list(*about, *files):
            known, file = values[: len(about)], values[len(about) :]
            kept = found.setdefault(known, [])
            if file[0] is not None:
                kept.append(Document(**dict(zip(OF_FILE, file, strict=True))))
        return [self._of_activity(*known, kept) for known, kept in found.items()]

    def _of_activity(
        self, pk, title, held_on, group, agreement, in_programme, files
    ) -> Element:
        name = f"{title}, {dates.date_long(held_on)}"
        about = {"group": group, "agreement": agreement, "programme": in_programme}
        return Element(
            {
                "source": Source.ACTIVITY,
                "name": name,
                "url": Activity(pk=pk).get_absolute_url(),
                "month": held_on.replace(day=1),
            },
            files,
            _("%(name)s: belum ada foto atau daftar hadir.") % {"name": name},
            frozenset(word for word, is_so in about.items() if is_so),
        )

    # What an indicator has and lacks

    def _add_records(self, found: Shown, source: Source, about: str) -> None:
        for element in getattr(self, RECORDS[source]):
            if not about or about in element.about:
                found.pieces += element.pieces
                if not element.files:
                    found.gaps.append(Gap(element.without, element.piece["url"]))

    def _add_reports(self, found: Shown) -> None:
        for row in self._accepted:
            month = None if row.period.is_longer else row.month
            url = row.get_absolute_url()
            found.pieces.append(Piece(Source.REPORT, str(row), url, row.issued, month))
        there = {(row.office_id, row.period) for row in self._accepted}
        missing = {}
        for each in self._expected:
            if (each.office.pk, each.period) not in there:
                missing.setdefault(each.period, []).append(each.office.name)
        for period, offices in missing.items():
            words = _("Laporan %(period)s belum diterima.")
            if self.office.is_wide:
                words = _("Laporan %(period)s belum diterima: %(offices)s.")
            said = words % {"period": period.name, "offices": ", ".join(offices)}
            found.gaps.append(Gap(said, reverse("reports:matrix")))

    def _add_values(self, found: Shown) -> None:
        indicator = found.indicator
        rows = {row.period: row for row in self._values if row.code == indicator.code}
        for period in self._periods:
            if period.kind != indicator.rhythm:
                continue
            row = rows.get(period)
            if row is None:
                words = _("Nilai %(period)s belum diisi.") % {"period": period.name}
                found.gaps.append(Gap(words, reverse("reports:value_index")))
            elif row.status != EnteredValue.Status.CONFIRMED:
                words = _("Nilai %(period)s belum disahkan.") % {"period": period.name}
                found.gaps.append(Gap(words, row.get_absolute_url()))
        for row in rows.values():
            if row.status == EnteredValue.Status.CONFIRMED:
                month = None if row.period.is_longer else row.starts_on
                piece = (Source.VALUE, str(row), row.get_absolute_url(), row.evidence)
                found.pieces.append(Piece(*piece, month))

    def _add_silent_months(self, found: Shown) -> None:
        """Of a unit: no photo, no sheet and no file of its own."""
        if self.office.is_wide:
            return
        shown = {Source.ACTIVITY, Source.OWN}
        told = {each.month for each in found.pieces if each.source in shown}
        silent = [
            Gap(_("%(month)s: tidak ada bukti kegiatan.") % {"month": _name(month)})
            for month in self.period.months
            if month.last < self.today and month.first not in told
        ]
        found.gaps = [*silent, *found.gaps]


def _name(month: Month) -> str:
    return dates.month_year(month.first)
