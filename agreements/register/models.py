"""What a unit and a partner agreed to do, and until when."""

from collections import defaultdict
from copy import copy
from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agreements.register.triggers import kept_overlap, no_circle
from agreements.register.validity import (
    IN_FORCE,
    ByDays,
    MonthOfYears,
    gone_office,
    is_in_force,
    is_silent,
    lapsed_papers,
    term_cautions,
    terminated_on,
)
from partners.kinds.first import LOCAL_GOVERNMENT
from partners.models import CommunityGroup, Partner, Partnership, Representative
from pokmas.accounts.desks import OwnDesk
from pokmas.documents.checking import code_in
from pokmas.documents.models import Document, DocumentText, IssuedDocument
from pokmas.documents.texts import looked_for
from pokmas.numbering.keys import Bare
from pokmas.offices.models import (
    Office,
    OfficeScoped,
    OfficeScopedQuerySet,
    office_today,
)
from pokmas.records import days
from pokmas.records.constraints import Exclusion
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import (
    MOST,
    SearchQuerySet,
    holding,
    numbers,
    numbers_of,
)
from pokmas.words import dates


def _named_at(**offices) -> QuerySet:
    """Agreements that name such offices as those that carry them out."""
    through = Agreement.implementing_units.through.objects.filter(**offices)
    return through.values("agreement_id")


def _with(partners) -> Q:
    """With one of these as the second party or a further one: each by its index, which
    one condition with an "or" in it would not use."""
    rows = Agreement.objects.order_by()
    second = rows.filter(partner__in=partners).values("pk")
    further = rows.filter(further_parties__partner__in=partners).values("pk")
    return Q(pk__in=second.union(further))


def _heirs(office: Office) -> set[int]:
    """Itself and who goes on for it: one that was merged hangs below its successor."""
    found = {office.pk}
    while office.successor_id is not None:
        office = office.parent
        found.add(office.pk)
    return found


def _concern(is_in_force: Q) -> Case:
    """Why one in force needs attention, beside that its end is near."""
    lapsed = Exists(lapsed_papers())
    return Case(
        When(is_in_force & is_silent() & lapsed, then=Value("both")),
        When(is_in_force & is_silent(), then=Value("silent")),
        When(is_in_force & lapsed, then=Value("lapsed")),
        output_field=CharField(),
    )


class AgreementQuerySet(
    ByDays, LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet
):
    def visible_to(self, user):
        """An officer also sees what offices above his agreed on for his office to carry
        out, once it is more than a draft."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community or acting.office.is_top:
            return super().visible_to(user)
        office = acting.office
        # Each way in is one equality that an index answers; headquarters' own rows are
        # those without a region.
        above = Q(region_id=None)
        if office.level == Office.Level.REGIONAL:
            own = Q(region_id=office.pk)
            named = _named_at(office__region_id=office.pk)
        else:
            own = Q(office_id__in=office.branch_ids)
            above |= Q(office_id=office.region_id)
            # A post works for its unit.
            over = [office.parent_id] if office.level == Office.Level.POST else []
            named = _named_at(office_id__in=[*office.branch_ids, *over])
        meant = Q(for_all_units=True) | Q(pk__in=named)
        unseen = Q(status__in=(Agreement.Status.DRAFT, Agreement.Status.DROPPED))
        return self.filter(own | (above & meant & ~unseen))

    def belonging_to(self, user):
        """But drafts, and those that were dropped as such: nobody showed them."""
        discussed = Agreement.pgh_event_model.objects.filter(
            pgh_obj=OuterRef("pk"), status=Agreement.Status.DISCUSSION
        )
        unseen = Q(status=Agreement.Status.DROPPED) & ~Exists(discussed)
        rows = self.filter(_with(Partner.objects.belonging_to(user)))
        return rows.exclude(status=Agreement.Status.DRAFT).exclude(unseen)

    def for_list(self):
        """With `ending_in` (the days left) and `is_silent` of those in force."""
        until = Func(
            "ends_on",
            office_today(),
            arg_joiner=" - ",
            template="(%(expressions)s)",
            output_field=IntegerField(),
        )
        rows = self.select_related("office", "partner").with_validity()
        # Said without `validity`, which looks for a renewal each time.
        now = is_in_force()
        rows = rows.annotate(
            ending_in=Case(When(now, then=until)),
            is_silent=Case(When(now & is_silent(), then=True)),
            terminated_on=terminated_on(),
            end=Case(
                When(now, then=Cast(until, CharField())),
                When(status="terminated", then=Cast(terminated_on(), CharField())),
            ),
            concern=_concern(now),
        )
        return rows.defer("search_text", "signed_days", "partner__search_text")

    def for_page(self):
        """With `is_mute`: whether its scan holds pictures alone; and `gone_office`."""
        mute = DocumentText.objects.filter(document=OuterRef("scan"), text="")
        rows = self.with_validity().annotate(
            is_mute=Exists(mute), gone_office=gone_office()
        )
        return rows.select_related(
            *("office__region", "office__parent", "partner", "group", "scan"),
            *("umbrella", "amends", "renews"),
        )

    def people_of_partners(self, agreements) -> dict[int, set]:
        """`own_people` of each of these, by its number, in two queries."""
        partners = {each.partner_id for each in agreements}
        known, people = defaultdict(set), defaultdict(set)
        where = ("office", "office__parent", "office__parent__parent", "region")
        works = Partnership.objects.filter(partner__in=partners).order_by()
        for partner, *places in works.values_list("partner", *where):
            known[partner].update(places)
        rows = Representative.objects.current().filter(partner__in=partners)
        for row in rows.select_related("user"):
            people[row.partner_id].add(row.user)
        return {
            each.pk: people[each.partner_id]
            if each.office.is_top or _heirs(each.office) & known[each.partner_id]
            else set()
            for each in agreements
        }

    def represented_by(self, user):
        return self.filter(_with(Partner.objects.represented_by(user)))

    def matching(self, meanings):
        """By their own text, by what their papers say, and by their partner if more
        than a letter or two say which."""
        if all(len(each[0]) < 3 for each in meanings):
            return super().matching(meanings)
        partners = Partner.objects.matching(meanings)
        found = numbers(partners)
        if len(found) > MOST:
            found = partners.values("pk")
        return self.matching_or_with(found, meanings)

    def matching_or_with(self, partners, meanings):
        """Those that hold the words or have a paper with that code, those with one of
        `partners`, and unless these are many already those whose papers say the words.
        """
        held = holding(self.searched, meanings) | Q(partner__in=partners)
        if len(meanings) == 1 and (code := code_in(meanings[0][0])):
            held |= Q(pk__in=IssuedDocument.objects.owners_by_code(code, Agreement))
        rows = self.filter(held)
        if all(len(each[0]) < 3 for each in meanings):
            return rows
        papers = DocumentText.objects.filter(words=looked_for(meanings))
        found = numbers_of({"rows": rows, "papers": papers})
        if len(found["rows"]) > MOST:
            rows.are_many = True
            return rows
        saying = self._saying(papers, found["papers"])
        return self.filter(pk__in=[*found["rows"], *saying])

    def _saying(self, papers, found: list[int]) -> list[int]:
        """Those whose scan or handed-in text is one of `papers`, each way by its index;
        by their numbers, unless more were `found` than are named."""
        if not found:
            return []
        said = papers.values("document") if len(found) > MOST else found
        saying = numbers_of(
            {
                "scans": self.filter(scan__in=said),
                "texts": self.filter(texts__file__in=said),
            }
        )
        return [*saying["scans"], *saying["texts"]]


@pghistory.track(exclude=["search_text", "signed_days", "active_on", "is_overlap_kept"])
class Agreement(OwnDesk, OfficeScoped, Lifecycle, Record):
    """An MoU or PKS of a unit with a partner. In force, expiring, expired: by date."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        DISCUSSION = "discussion", _("Pembahasan")
        LEGAL_REVIEW = "legal_review", _("Telaah")
        READY_TO_SIGN = "ready_to_sign", _("Siap tanda tangan")
        SIGNED = "signed", _("Ditandatangani")
        SUSPENDED = "suspended", _("Ditangguhkan")
        TERMINATED = "terminated", _("Diakhiri")
        DROPPED = "dropped", _("Dibuang")

    URLS = "agreements:"
    NAMED_BY = "title"
    TONES = {
        Status.DISCUSSION: "info",
        Status.LEGAL_REVIEW: "info",
        Status.READY_TO_SIGN: "info",
        Status.SIGNED: "good",
        Status.SUSPENDED: "warn",
        Status.TERMINATED: "bad",
    }
    # Before both sides have signed.
    OPEN = (
        *(Status.DRAFT, Status.DISCUSSION),
        *(Status.LEGAL_REVIEW, Status.READY_TO_SIGN),
    )
    BINDING = (Status.SIGNED, Status.SUSPENDED)
    VALIDITY = {
        "future": _("Belum mulai"),
        "in_force": _("Berlaku"),
        "expiring": _("Akan berakhir"),
        "expired": _("Berakhir"),
        "renewed": _("Diperpanjang"),
    }
    VALIDITY_TONES = {"in_force": "good", "expiring": "warn", "expired": "bad"}

    BETWEEN_OFFICERS = frozenset({"sent_back"})
    OWN_OFFICE = frozenset(
        {
            "agreements.add_agreement",
            "agreements.change_agreement",
            "agreements.submit_agreement",
            "agreements.sign_agreement",
            "agreements.terminate_agreement",
            "agreements.change_contact",
            "agreements.evaluate_agreement",
            "agreements.confirm_evaluation",
        }
    )
    ONE_ABOVE = "agreements.review_agreement"
    OF_EACH_OFFICE = frozenset({"derive"})
    REASONS = {Status.DISCUSSION: _("Yang perlu diperbaiki")}
    WAY = (
        *(Status.DRAFT, Status.DISCUSSION, Status.LEGAL_REVIEW),
        *(Status.READY_TO_SIGN, Status.SIGNED),
    )
    # The same stages as the registers of the Kanwil call them.
    WAY_HELP = {
        Status.DRAFT: _("Draf Awal"),
        Status.DISCUSSION: _("Revisi/Perbaikan"),
        Status.LEGAL_REVIEW: _("Validasi"),
        Status.READY_TO_SIGN: _("Draf Final"),
        Status.SIGNED: _("Selesai"),
    }
    TRANSITIONS = {
        Status.DRAFT: {Status.DISCUSSION, Status.DROPPED},
        Status.DISCUSSION: {Status.LEGAL_REVIEW, Status.DROPPED},
        Status.LEGAL_REVIEW: {
            *(Status.DISCUSSION, Status.READY_TO_SIGN, Status.DROPPED)
        },
        Status.READY_TO_SIGN: {Status.SIGNED, Status.DISCUSSION, Status.DROPPED},
        Status.SIGNED: {Status.SUSPENDED, Status.TERMINATED},
        Status.SUSPENDED: {Status.SIGNED, Status.TERMINATED},
    }

    class Kind(models.TextChoices):
        MOU = "mou", _("Nota Kesepahaman (MoU)")
        JOINT = "joint", _("Nota Kesepakatan")
        PKS = "pks", _("Perjanjian Kerja Sama (PKS)")
        ADDENDUM = "addendum", _("Adendum")

    NOTAS = (Kind.MOU, Kind.JOINT)

    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.PKS)
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="agreements", verbose_name=_("mitra")
    )
    group = models.ForeignKey(
        CommunityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("kelompok"),
    )
    umbrella = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("nota payung"),
    )
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="amendments",
        editable=False,
        verbose_name=_("mengubah"),
    )
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="renewals",
        editable=False,
        verbose_name=_("memperpanjang"),
    )
    # Of an agreement of a Kanwil or of headquarters: which units carry it out.
    for_all_units = models.BooleanField(
        _("dilaksanakan semua unit di bawahnya"), default=False
    )
    implementing_units = models.ManyToManyField(
        Office,
        blank=True,
        related_name="carried_out",
        verbose_name=_("unit pelaksana"),
    )
    title = LineField(_("judul"), max_length=200)
    our_number = LineField(_("nomor unit"), max_length=100, blank=True)
    partner_number = LineField(_("nomor mitra"), max_length=100, blank=True)
    # The year part of "unique per issuer and year" (domain: both sides number freely).
    number_year = models.PositiveSmallIntegerField(null=True, editable=False)
    urgency = models.TextField(_("urgensi"), max_length=2000)
    form = models.TextField(_("bentuk kerja sama"), max_length=2000)
    subject = models.TextField(_("pokok kerja sama"), max_length=4000)
    starts_on = models.DateField(_("mulai berlaku"))
    ends_on = models.DateField(_("berakhir"))
    our_signatory = LineField(_("penanda tangan unit"), max_length=120)
    our_position = LineField(_("jabatan penanda tangan unit"), max_length=120)
    our_nip = LineField(_("NIP"), max_length=18, blank=True)
    our_capacity = models.CharField(
        _("kedudukan"),
        max_length=12,
        choices=Office.Capacity,
        default=Office.Capacity.DEFINITIVE,
    )
    our_authority = LineField(
        _("dasar kewenangan penanda tangan unit"), max_length=200, blank=True
    )
    partner_signatory = LineField(_("penanda tangan mitra"), max_length=120)
    partner_position = LineField(_("jabatan penanda tangan mitra"), max_length=120)
    partner_authority = LineField(
        _("dasar kewenangan penanda tangan mitra"), max_length=200, blank=True
    )
    signed_on = models.DateField(_("ditandatangani pada"), null=True, blank=True)
    signed_at_place = LineField(_("tempat"), max_length=120, blank=True)
    scan = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pindaian bertanda tangan"),
    )
    termination_paper = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("surat pengakhiran"),
    )
    status = models.CharField(
        _("status"), max_length=14, choices=Status, default=Status.DRAFT, editable=False
    )
    # On which it was signed and neither suspended nor terminated.
    signed_days = days.DaysField()
    # It came in from an old register: what was not written there nobody makes up.
    is_archived = models.BooleanField(_("dari arsip"), default=False, editable=False)
    # The day of its last verified activity; the database keeps it.
    active_on = models.DateField(_("kegiatan terakhir"), null=True, editable=False)
    # It runs beside another of its kind since before that was refused, or since
    # two offices or partners became one.
    is_overlap_kept = models.BooleanField(default=False, editable=False)
    search_text = models.GeneratedField(
        expression=Upper(
            Concat("title", Value(" "), "our_number", Value(" "), "partner_number")
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    # While the partner reads the text: the day by which he answers.
    partner_due_by = models.DateField(
        _("dijawab mitra paling lambat"), null=True, editable=False
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("kerja sama")
        indexes = [
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
            *(
                models.Index(
                    fields=[*scope, "ends_on", "id"],
                    # So that months and those in force are counted without reading
                    # them.
                    include=["starts_on", "signed_days", "amends", "status", *more],
                    name=f"agreement_by_end{place}",
                )
                for place, scope, more in (
                    ("", [], ["region", "office"]),
                    ("_of_region", ["region"], ["office"]),
                    ("_of_office", ["office"], []),
                )
            ),
            models.Index(
                MonthOfYears(),
                "region",
                "office",
                include=["starts_on", "ends_on", "id"],
                condition=Q(status="signed", amends=None),
                name="agreement_years",
            ),
            models.Index(
                fields=["signed_on"],
                condition=Q(signed_on__isnull=False),
                name="agreement_signings",
            ),
            models.Index(fields=["status", "starts_on"]),
            models.Index(
                fields=["status", "-created_at", "-id"],
                condition=~Q(status="signed"),
                name="agreement_rare_status",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(is_archived=True),
                name="agreement_archived",
            ),
            models.Index(
                fields=["renews"],
                include=["status", "signed_days"],
                condition=Q(renews__isnull=False),
                name="agreement_renewals",
            ),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="agreement_search",
                fastupdate=False,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="agreement_dates_in_order",
                violation_error_message=_(
                    "Tanggal berakhir harus sesudah tanggal mulai berlaku."
                ),
            ),
            models.CheckConstraint(
                # An amendment keeps the first day of what it amends.
                condition=Q(signed_on=None)
                | Q(starts_on__gte=F("signed_on"))
                | Q(amends__isnull=False)
                | Q(is_archived=True),
                name="agreement_starts_after_signing",
                violation_error_message=_(
                    "Tanggal mulai berlaku tidak boleh sebelum tanggal tanda tangan."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "suspended", "terminated"])
                | (
                    ~Q(our_number="")
                    & Q(signed_on__isnull=False)
                    & Q(scan__isnull=False)
                )
                | Q(is_archived=True, signed_on__isnull=False),
                name="signed_agreement_has_scan",
                violation_error_message=_(
                    "Nomor, tanggal tanda tangan, dan pindaian naskah wajib ada."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="terminated")
                | (Q(termination_paper__isnull=False) & ~Q(reason="")),
                name="terminated_agreement_has_paper",
                violation_error_message=_("Surat pengakhiran dan alasannya wajib ada."),
            ),
            models.UniqueConstraint(
                "office",
                # However it was typed.
                Bare("our_number"),
                "number_year",
                condition=~Q(our_number=""),
                name="agreement_number_once_a_year",
                violation_error_message=_(
                    "Nomor ini sudah dipakai pada tahun yang sama."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""),
                name="dropped_agreement_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            # What it amends or renews was there before it, so there are no circles.
            models.CheckConstraint(
                condition=Q(amends=None, renews=None)
                | Q(amends__lt=F("id"), renews=None, umbrella=None)
                | Q(renews__lt=F("id"), amends=None),
                name="agreement_follows_an_earlier_one",
                violation_error_message=_(
                    "Naskah mengubah atau memperpanjang satu kerja sama yang lebih "
                    "dahulu, tidak keduanya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="addendum", amends__isnull=False)
                | (~Q(kind="addendum") & Q(amends=None)),
                name="addendum_amends_another",
                violation_error_message=_("Adendum mengubah kerja sama yang berlaku."),
            ),
            models.CheckConstraint(
                condition=Q(umbrella=None) | ~Q(umbrella=F("id")),
                name="agreement_umbrella_is_another",
                violation_error_message=_(
                    "Kerja sama tidak dapat menjadi payung bagi dirinya sendiri, juga "
                    "tidak lewat kerja sama lain."
                ),
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=Q(
                    status__in=["draft", "discussion", "legal_review", "ready_to_sign"]
                ),
                name="agreement_amended_once_at_a_time",
                violation_error_message=_(
                    "Adendum lain masih disusun. Selesaikan atau buang dahulu yang itu."
                ),
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=~Q(status="dropped"),
                name="agreement_renewed_once",
                violation_error_message=_("Perpanjangan kerja sama ini sudah disusun."),
            ),
            Exclusion(
                name="agreement_binds_once_at_a_time",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce("group", 0), RangeOperators.EQUAL),
                    (
                        Func(
                            *("starts_on", "ends_on", Value("[]")),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(
                    status__in=["signed", "suspended"],
                    amends=None,
                    is_overlap_kept=False,
                ),
                violation_error_message=_(
                    "Kerja sama sejenis dengan mitra ini sudah berlaku pada jangka "
                    "waktu yang sama."
                ),
            ),
        ]
        triggers = [
            *OfficeScoped.Meta.triggers,
            no_circle(),
            kept_overlap(),
            remembers("title"),
            days.kept("signed_days", at="signed", since="signed_on"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:detail", args=[self.pk])

    def validate_constraints(self, exclude=None):
        """Names the other one that is in force on the same days."""
        if self.status in self.BINDING and (other := self.rival):
            raise ValidationError(
                _(
                    "“%(title)s” (%(number)s) dengan mitra ini sudah mengikat dari "
                    "%(first)s sampai %(last)s. Ubah tanggalnya, atau akhiri "
                    "dahulu yang itu."
                ),
                params={
                    "title": other.title,
                    "number": other.our_number,
                    "first": dates.date_long(other.starts_on),
                    "last": dates.date_long(other.ends_on),
                },
            )
        super().validate_constraints(exclude=exclude)

    @property
    def rival(self) -> "Agreement | None":
        """Another one that binds unit and partner for the same on some of its days."""
        if self.amends_id or self.is_overlap_kept or self.status == self.Status.DROPPED:
            return None
        rows = Agreement.objects.filter(is_overlap_kept=False)
        return rows.at_the_same_time(self).order_by("pk").first()

    @property
    def may_be_told(self) -> bool:
        """A draft is nobody's news, nor is one that was dropped."""
        return self.status not in (self.Status.DRAFT, self.Status.DROPPED)

    @property
    def is_signed(self) -> bool:
        return self.status == self.Status.SIGNED

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def as_a_whole(self) -> "Agreement":
        """What its text says: of an amendment the agreement as it will be then."""
        if not self.is_amendment:
            return self
        whole = copy(self)
        whole.kind, whole.umbrella = self.amends.kind, self.amends.umbrella
        return whole

    @cached_property
    def partnership(self) -> Partnership | None:
        """What the unit has with the partner: its status there, whom to call."""
        return self.partner.at(self.office)

    @property
    def partner_unsaid(self) -> str:
        """Its partner, unless the title names him already."""
        name = self.partner.name
        return "" if name.casefold() in self.title.casefold() else name

    def own_people(self):
        """Who acts for the partner: not the officer who once registered it."""
        rows = self.partner.representatives.current().select_related("user")
        return {row.user for row in rows} if self.partnership else ()

    @property
    def tone(self) -> str:
        """That of its validity, where it was read with it: expiring before signed."""
        validity = getattr(self, "validity", "")
        return (
            self.VALIDITY_TONES.get(validity, "neutral") if validity else super().tone
        )

    @property
    def status_label(self) -> str:
        """What people ask after: in force, expiring, ended; else where it stands."""
        return self.get_validity_display() or self.get_status_display()

    @property
    def ended_on(self) -> date | None:
        """The day of its office on which it was ended before its time."""
        if self.status != self.Status.TERMINATED:
            return None
        return timezone.localdate(self.status_since, self.office.tzinfo)

    @property
    def lasts_until(self) -> date:
        """Its last day: the planned one, or that on which it was ended."""
        return min(self.ended_on or self.ends_on, self.ends_on)

    @property
    def days_left(self) -> int | None:
        """Of one in force, from the day of its office; its last day counts as none."""
        if not self.is_in_force:
            return None
        return (self.ends_on - self.office.today).days

    def get_validity_display(self):
        """In force, expiring, expired: needs a row from `with_validity`."""
        return self.VALIDITY.get(getattr(self, "validity", ""), "")

    @property
    def is_in_force(self) -> bool:
        """Signed and within its dates: needs a row from `with_validity`."""
        return self.validity in IN_FORCE

    @property
    def is_nota(self) -> bool:
        """Whether other agreements may stand under it."""
        return self.kind in self.NOTAS

    @property
    def cautions(self) -> list:
        """What a reader should know before signing; warnings, never a block."""
        found = [each for each in (self._competence, self._gone_head) if each]
        if self.status in self.OPEN and (other := self.rival):
            found.append(
                format_html(
                    _(
                        '<a href="{url}">“{title}”</a> dengan mitra ini sudah '
                        "mengikat dari {first} sampai {last}, jadi naskah ini belum "
                        "dapat ditandatangani untuk hari yang sama. Ubah tanggalnya, "
                        "atau akhiri dahulu yang itu."
                    ),
                    url=other.get_absolute_url(),
                    title=other.title,
                    first=dates.date_long(other.starts_on),
                    last=dates.date_long(other.ends_on),
                )
            )
        if self.umbrella and self.umbrella.status in self.OPEN:
            found.append(_("Nota payungnya belum ditandatangani."))
        return [*found, *term_cautions(self.starts_on, self.ends_on)]

    @property
    def _gone_head(self):
        """Needs a row from `for_page`."""
        gone = getattr(self, "gone_office", None)
        is_signed = self.status in self.BINDING
        is_over = is_signed and self.ends_on < self.office.today
        if not gone or is_over or self.status not in (*self.OPEN, *self.BINDING):
            return ""
        words = {"position": self.our_position, "gone": gone, "office": self.office}
        if is_signed:
            said = _(
                "Penanda tangan unit tertulis sebagai “%(position)s”, padahal %(gone)s "
                "sudah digabung ke %(office)s. Kerja samanya tetap berlaku dan "
                "dijalankan %(office)s; bila para pihak perlu menyebut pejabat yang "
                "baru, tuangkan dengan adendum."
            )
        else:
            said = _(
                "Penanda tangan unit masih tertulis sebagai “%(position)s”, padahal "
                "%(gone)s sudah digabung ke %(office)s. Ubah penanda tangan dan "
                "jabatannya pada data kerja sama, lalu naskahnya; bila sudah diajukan, "
                "kembalikan dahulu ke pembahasan."
            )
        return said % words

    @property
    def _competence(self):
        """Who signs what, as the regulation has it. With local government heads of
        units sign notas everywhere, and nothing is said."""
        level, kind = self.office.level, self.kind
        if self.partner.kind_id == LOCAL_GOVERNMENT:
            return ""
        if kind == self.Kind.MOU and not self.office.is_wide:
            return _(
                "Nota Kesepahaman ditandatangani Menteri atau Kepala Kanwil; kepala "
                "UPT menandatangani PKS (Permenkumham 65/2016)."
            )
        if kind == self.Kind.MOU and level == Office.Level.HEADQUARTERS:
            return _(
                "Nota Kesepahaman tingkat pusat ditandatangani Menteri; pimpinan unit "
                "utama menandatangani PKS (Permenkumham 65/2016)."
            )
        if kind == self.Kind.PKS and level == Office.Level.REGIONAL:
            return _(
                "Kepala Kanwil menandatangani Nota Kesepahaman; PKS ditandatangani "
                "pimpinan unit utama atau kepala UPT (Permenkumham 65/2016)."
            )
        return ""
