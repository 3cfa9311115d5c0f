"""One tree of offices: Pusat > Kanwil > UPT > Pos Bapas."""

from datetime import date
from zoneinfo import ZoneInfo

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pokmas.offices.letters import (
    MINISTRY,
    check_number_pattern,
    head_title,
    letterhead_line,
)
from pokmas.offices.models.places import Regency, Zone
from pokmas.records.guarded import Guarded
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import cleaned, holding


class OfficeQuerySet(models.QuerySet):
    def under(self, office):
        """`office` and every office below it: Pusat > Kanwil > UPT > Pos Bapas.

        An office that was merged hangs below its successor.
        """
        if office.level == Office.Level.HEADQUARTERS:
            return self.all()
        if office.level == Office.Level.REGIONAL:
            return self.filter(region=office)
        return self.filter(
            Q(pk=office.pk) | Q(parent=office) | Q(parent__parent=office)
        )

    def visible_to(self, user):
        """The own branch; partners and volunteers see their own office."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.is_community:
            return self.filter(pk=acting.office_id)
        return self.under(acting.office)

    def headquarters(self):
        """The one at the top, or None in a portal without any office yet."""
        return self.filter(level=Office.Level.HEADQUARTERS).order_by("pk").first()

    def active(self):
        return self.filter(is_active=True)

    def units(self):
        """The offices that work with partners: UPT and Pos Bapas."""
        return self.filter(level__in=Office.UNITS)

    def choosable(self):
        """What anybody may choose when he registers: active units and posts."""
        return self.units().active().select_related("regency__province", "region")

    def serving(self, regency):
        """Offices that stand in `regency` or have it in their working area."""
        area = Office.working_area.through.objects.filter(
            office=OuterRef("pk"), regency=regency
        )
        return self.filter(Q(regency=regency) | Exists(area))

    def named(self, name):
        """Offices that bear this name; a merged one has laid it down."""
        return self.filter(name__iexact=name, successor=None)

    def for_list(self):
        return self.select_related("parent", "region", "regency__province")

    def with_counts(self):
        """Adds how many active units and Bapas are below a Kanwil, posts below a unit.

        `below` counts the active offices directly below.
        """
        active = Q(children__is_active=True)
        return self.annotate(
            below=Count("children", filter=active),
            bapas_below=Count(
                "children", filter=active & Q(children__kind=Office.Kind.PROBATION)
            ),
        )

    def words(self, text):
        """For the search of the portal; that of the list knows former names too."""
        return cleaned(text).split()

    def matching(self, meanings):
        rows = self.alias(upper_name=Upper("name"))
        held = holding("upper_name", meanings)
        if len(meanings) == 1:
            held |= Q(code=meanings[0][0].lower())
        return rows.filter(held)

    def search(self, text):
        """By name now or before, code or place, words in any order.

        Only if nothing is found so are typing errors forgiven (costs a query).
        """
        words = text.upper().replace("\0", " ").split()
        if not words:
            return self
        rows = self.alias(upper_name=Upper("name"))
        every, former, similar = Q(), Q(), Q()
        for place, word in enumerate(words):
            every &= Q(upper_name__contains=word) | Q(regency__name__icontains=word)
            former &= Q(changes__before__name__icontains=word)
            rows = rows.alias(
                **{f"like_{place}": TrigramWordSimilarity(word, "upper_name")}
            )
            similar &= Q(**{f"like_{place}__gte": 0.4})
        renamed = self.model.objects.filter(former, changes__applied_at__isnull=False)
        exact = rows.filter(
            every | Q(code__iexact=text.strip()) | Q(pk__in=renamed.values("pk"))
        )
        return exact if exact.exists() else rows.filter(similar)


@pghistory.track()
class Office(Guarded):
    """One office of the tree. Renamed, merged, split or moved by an OfficeChange.

    The database keeps the shape of the tree, the region of each branch, and every
    office: none is ever deleted, it is closed instead.
    """

    class Level(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Pusat")
        REGIONAL = "regional", _("Kanwil")
        UNIT = "unit", _("UPT")
        POST = "post", _("Pos Bapas")

    # Where partners are worked with: UPT and Pos Bapas.
    UNITS = frozenset({Level.UNIT, Level.POST})

    class Kind(models.TextChoices):
        PROBATION = "bapas", _("Bapas")
        PRISON = "lapas", _("Lapas")
        WOMEN_PRISON = "lapas_perempuan", _("Lapas Perempuan")
        NARCOTICS_PRISON = "lapas_narkotika", _("Lapas Narkotika")
        YOUTH_PRISON = "lapas_pemuda", _("Lapas Pemuda")
        OPEN_PRISON = "lapas_terbuka", _("Lapas Terbuka")
        SPECIAL_PRISON = "lapas_khusus", _("Lapas Khusus")
        REMAND = "rutan", _("Rutan")
        WOMEN_REMAND = "rutan_perempuan", _("Rutan Perempuan")
        REMAND_BRANCH = "cabang_rutan", _("Cabang Rutan")
        JUVENILE = "lpka", _("LPKA")
        SEIZED_GOODS = "rupbasan", _("Rupbasan")
        HOSPITAL = "rs", _("Rumah Sakit Pengayoman")

    class Class(models.TextChoices):
        I = "I", _("Kelas I")  # noqa: E741
        II = "II", _("Kelas II")
        IIA = "IIA", _("Kelas IIA")
        IIB = "IIB", _("Kelas IIB")
        III = "III", _("Kelas III")

    class Capacity(models.TextChoices):
        DEFINITIVE = "definitive", _("Definitif")
        ACTING = "acting", _("Plt.")
        DAILY_ACTING = "daily_acting", _("Plh.")

    class PaperSize(models.TextChoices):
        A4 = "A4", _("A4 (210 × 297 mm)")
        F4 = "F4", _("F4 (215 × 330 mm)")

    level = models.CharField(_("tingkat"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("induk"),
    )
    # The Kanwil of this branch (itself for a Kanwil, none for Pusat).
    region = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("Kanwil"),
    )
    name = LineField(_("nama"), max_length=120)
    code = models.SlugField(_("kode"), max_length=80, unique=True)
    kind = models.CharField(_("jenis UPT"), max_length=20, choices=Kind, blank=True)
    unit_class = models.CharField(_("kelas"), max_length=3, choices=Class, blank=True)
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("kabupaten/kota"),
    )
    working_area = models.ManyToManyField(
        Regency, blank=True, related_name="served_by", verbose_name=_("wilayah kerja")
    )
    zone = models.CharField(
        _("zona waktu"), max_length=14, choices=Zone, default=Zone.WIB
    )
    address = LineField(_("alamat"), max_length=250, blank=True)
    phone = LineField(_("telepon"), max_length=30, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    website = models.URLField(_("laman"), blank=True)
    head_name = LineField(_("nama kepala"), max_length=120, blank=True)
    head_nip = LineField(_("NIP kepala"), max_length=18, blank=True)
    head_capacity = models.CharField(
        _("kedudukan kepala"),
        max_length=12,
        choices=Capacity,
        default=Capacity.DEFINITIVE,
    )
    # Own lines of the letterhead; without any, the name written out is its line.
    letterhead = models.TextField(_("baris kop surat"), max_length=300, blank=True)
    number_template = LineField(
        _("pola nomor surat"),
        max_length=80,
        blank=True,
        validators=[check_number_pattern],
    )
    paper_size = models.CharField(
        _("ukuran kertas"), max_length=2, choices=PaperSize, default=PaperSize.A4
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    valid_from = models.DateField(_("berdiri sejak"), null=True, blank=True)
    valid_to = models.DateField(_("ditutup pada"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("digabung ke"),
    )
    # What the reference list said of it at the last load; none if it was never there.
    listed = models.JSONField(null=True, editable=False)

    objects = OfficeQuerySet.as_manager()

    HISTORY_HIDDEN = {"listed"}

    class Meta:
        # As people sort, without regard to capitals: Lapas before LPKA.
        ordering = [Upper("name"), "pk"]
        verbose_name = _("kantor")
        indexes = [
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"), name="office_name_trigram"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "region"], name="office_and_region"),
            models.UniqueConstraint(
                Upper("name"),
                condition=Q(successor=None),
                name="office_name_once",
                violation_error_message=_("Sudah ada kantor dengan nama ini."),
            ),
            models.UniqueConstraint(
                fields=["level"],
                condition=Q(level="headquarters"),
                name="one_headquarters",
                violation_error_message=_("Kantor pusat hanya satu."),
            ),
            models.CheckConstraint(
                condition=Q(level="headquarters") ^ Q(parent__isnull=False),
                name="office_has_parent",
                violation_error_message=_("Kantor harus punya induk, kecuali Pusat."),
            ),
            models.CheckConstraint(
                condition=Q(level="unit") ^ Q(kind=""),
                name="office_kind_of_units",
                violation_error_message=_("UPT harus punya jenis, kantor lain tidak."),
            ),
            models.CheckConstraint(
                condition=Q(head_nip="") | Q(head_nip__regex=r"^\d{18}$"),
                name="office_head_nip_18_digits",
                violation_error_message=_("NIP terdiri atas 18 angka."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None)
                | Q(valid_to__gte=F("valid_from")),
                name="office_dates_in_order",
                violation_error_message=_("Tanggal tutup sebelum tanggal berdiri."),
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(valid_to=None, successor=None),
                name="office_closed_or_active",
                violation_error_message=_("Kantor yang ditutup tidak lagi aktif."),
            ),
        ]
        triggers = [
            remembers("name"),
            pgtrigger.Trigger(
                name="region_of_branch",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "level"),
                when=pgtrigger.Before,
                declare=[("above", "offices_office")],
                func="""
                    SELECT * INTO above FROM offices_office WHERE id = NEW.parent_id;
                    IF NEW.level <> 'headquarters' AND NOT (
                        (above.level, NEW.level) IN (
                            ('headquarters', 'regional'),
                            ('regional', 'unit'),
                            ('unit', 'post'))
                        -- A merged office hangs below its successor.
                        OR NEW.successor_id IS NOT NULL AND above.level = NEW.level
                    ) THEN
                        RAISE EXCEPTION 'office %: a % cannot be below a %',
                            NEW.id, NEW.level, above.level
                            USING ERRCODE = 'check_violation';
                    END IF;
                    NEW.region_id := CASE NEW.level
                        WHEN 'headquarters' THEN NULL
                        WHEN 'regional' THEN COALESCE(above.region_id, NEW.id)
                        ELSE above.region_id
                    END;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="branch_follows_its_top",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange("region"),
                func="""
                    UPDATE offices_office SET region_id = NEW.region_id
                    WHERE parent_id = NEW.id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("offices:detail", args=[self.pk])

    @property
    def office(self):
        """Itself: its audit entries are seen by its own branch."""
        return self

    @cached_property
    def branch_ids(self):
        """Ids of this office and those below it; for a unit and its posts only.

        As `under` has it, but each step down by the index of parents.
        """
        below = Office.objects.filter(parent=self).order_by()
        further = Office.objects.filter(parent__parent=self).order_by()
        found = below.values("pk").union(further.values("pk"), all=True)
        return [self.pk, *(each["pk"] for each in found)]

    def is_above(self, other):
        """Whether `other` is this office or lies below it."""
        if self.level == self.Level.HEADQUARTERS:
            return True
        if self.level == self.Level.REGIONAL:
            return other.region_id == self.pk
        return other.pk == self.pk or other.pk in self.branch_ids

    def nearest(self, levels):
        """The first of these levels, of itself and those above it; else None.

        Headquarters are not asked: they are above everything. Nobody serves at one
        that was merged; it hangs below its successor, which is asked instead.
        """
        here = self
        while here.successor_id is not None:
            here = here.parent
        above = (here, here.parent, here.region)
        return next((each for each in above if each and each.level in levels), None)

    @property
    def is_top(self) -> bool:
        return self.level == self.Level.HEADQUARTERS

    @property
    def head_title(self) -> str:
        return head_title(self.name)

    @property
    def decider(self) -> str:
        """Who decides there, within a sentence."""
        above = {
            self.Level.HEADQUARTERS: _("Pusat"),
            self.Level.REGIONAL: _("kepala Kanwil"),
        }
        return str(above.get(self.level, _("kepala unit")))

    @property
    def is_wide(self) -> bool:
        """Whether many units lie below: a Kanwil or Pusat."""
        return self.level in {self.Level.HEADQUARTERS, self.Level.REGIONAL}

    @property
    def seats(self) -> frozenset[str]:
        """The levels at which its own people work: those of a unit at its posts too."""
        return frozenset({self.level}) if self.is_wide else self.UNITS

    @property
    def unit(self) -> "Office":
        """A post works in the name of its unit; any other office in its own."""
        return self.parent if self.level == self.Level.POST else self

    @property
    def is_bapas(self) -> bool:
        """Whether it serves regencies: a Bapas or one of its posts."""
        return self.kind == self.Kind.PROBATION or self.level == self.Level.POST

    @property
    def is_closed(self) -> bool:
        return self.valid_to is not None

    @property
    def tzinfo(self) -> ZoneInfo:
        """Its clock: a record's day is the day of its office, whoever reads it."""
        return ZoneInfo(self.zone)

    @property
    def today(self) -> date:
        """Today's date where the office stands."""
        return timezone.localdate(timezone=self.tzinfo)

    def snapshot(self) -> dict:
        """What a dated change of it remembers as the state before."""
        return {
            "name": self.name,
            "kind": self.kind,
            "unit_class": self.unit_class,
            "parent": self.parent_id,
            "parent_name": self.parent.name if self.parent else "",
        }

    # What its letters bear

    def measures_of(self, paper_size: str = "") -> tuple[int, int]:
        """Width and height in millimetres of its papers, or of those of that size."""
        is_f4 = (paper_size or self.paper_size) == self.PaperSize.F4
        return (215, 330) if is_f4 else (210, 297)

    @property
    def lines_above(self) -> list[str]:
        """The lines of the letterhead from the ministry down to what it is part of."""
        above = self.parent
        while above and above.level == self.level:  # the successor of a merged office
            above = above.parent
        return [*above.lines_above, *above.own_lines] if above else [MINISTRY]

    @property
    def own_lines(self) -> list[str]:
        own = [line.strip() for line in self.letterhead.splitlines()]
        return list(filter(None, own)) or [letterhead_line(self.name)]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
)
class WorkingArea(Office.working_area.through):
    """One regency that a Bapas serves; a proxy, so that its history is kept."""

    class Meta:
        proxy = True
        verbose_name = _("wilayah kerja")
