"""The monthly report of a unit: asked for, made by a worker, submitted, accepted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.closing import services as closing
from outreach.models import Activity, Evidence
from outreach.results import services as outreach
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import pdf
from pokmas.documents import services as documents
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures import figures, pictures
from reports.figures.periods import Month
from reports.monthly.models import Report
from reports.monthly.succession import is_own

Status = Report.Status
PHOTOS = 6
GONE = _(
    "%(office)s sudah digabung ke %(successor)s; bulan ini masuk laporan %(successor)s."
)


@transaction.atomic
def request(
    office: Office, month: date, *, by: User, obstacles: str = "", follow_up: str = ""
) -> Report:
    """Ask for the report of a month; a worker makes its PDF.

    Asking again for the same month gives the report that is there.
    """
    if month > office.today:
        raise ValidationError({"month": _("Bulan ini belum dimulai.")})
    if not is_own(office, month):
        successor = {"office": office, "successor": office.successor}
        raise ValidationError({"month": GONE % successor})
    if existing := Report.objects.filter(office=office, month=month).first():
        return existing
    report = Report(
        office=office,
        month=month,
        obstacles=obstacles,
        follow_up=follow_up,
        created_by=by,
    )
    report.full_clean()
    report.save()
    Entry.record(by, "report.requested", report)
    _enqueue(report, by)
    return report


@transaction.atomic
def rebuild(report: Report, *, by: User) -> None:
    """Make a new version of the PDF from the figures of now."""
    report.begin("rebuild", by=by)
    Entry.record(by, "report.rebuilt", report)
    _enqueue(report, by)


@transaction.atomic
def change(report: Report, *, by: User, revision: int, fields: list[str]) -> None:
    """Save the written part; the PDF is made anew with it."""
    Report.objects.get(pk=report.pk).begin("change", by=by)
    report.save_edit(revision, fields)
    Entry.record(by, "report.changed", report)
    _enqueue(report, by)


def build(claim: jobs.Claim) -> None:
    """Render the next version, then store it. Running it twice is harmless."""
    report = Report.objects.select_related("office__region", "office__parent").get(
        pk=claim.payload["report"]
    )
    version = claim.payload["version"]
    issued = IssuedDocument.objects.get(pk=claim.payload["issued"])
    claim.advance(5, _("Mengumpulkan angka"))
    scope = figures.Scope(report.office, Month.of(report.month))
    snapshot = figures.monthly(scope)
    photos = _photos(scope)
    claim.advance(25, _("Menyusun halaman"))
    paper = _paper(report, snapshot, issued, claim.requested_by, photos)
    rendered = pdf.render(
        "reports/monthly/pdf/monthly.html",
        paper,
        images={name: document for name, (_caption, document) in photos.items()},
        annex=paper["annex"],
        told=lambda done, count: claim.advance(
            25 + 60 * done // count,
            _("Menyusun lampiran: baris %(done)d dari %(count)d")
            % {"done": done, "count": count},
        ),
    )
    claim.advance(90, _("Menyimpan"))
    with transaction.atomic():
        claim.hold()
        report.lock()
        if report.is_with_the_unit and report.version < version:
            previous = report.issued
            documents.seal(issued, rendered.content, pages=rendered.pages)
            report.version, report.figures, report.issued = version, snapshot, issued
            report.save(update_fields=["version", "figures", "issued"])
            if previous is not None:
                documents.replace(previous)
            if report.status == Status.OPEN:
                report.move_to(Status.DRAFTING, by=None)
            tell(
                report,
                f"made.{version}",
                [claim.requested_by],
                _("PDF siap diperiksa: %(name)s"),
            )
        claim.finish()


@transaction.atomic
def submit(report: Report, *, by: User) -> None:
    """Hand the report to the Kanwil. All that stands against it is said at once."""
    report.begin("submit", by=by)
    problems = problems_of(report)
    if problems:
        raise ValidationError(problems)
    report.move_to(Status.SUBMITTED, by=by, submitted_by=by)
    tell(
        report,
        "submitted",
        next_in_turn(report),
        _("Laporan menunggu pemeriksaan: %(name)s"),
    )


def problems_of(report: Report) -> list[str]:
    """What must be mended before the report can be submitted; empty if nothing."""
    problems = []
    month = Month.of(report.month)
    if report.office.today <= month.last:
        problems.append(_("Bulan ini belum berakhir."))
    if report.issued is None:
        problems.append(_("PDF laporan belum selesai dibuat."))
    elif not is_current(report):
        problems.append(
            _("Angka berubah sejak PDF dibuat. Susun ulang PDF, lalu periksa lagi.")
        )
    return problems


def is_current(report: Report) -> bool:
    """Whether the PDF still shows the figures of now."""
    scope = figures.Scope(report.office, Month.of(report.month))
    return report.figures.get("mark") == figures.mark(scope)


def corrections_of(report: Report) -> QuerySet:
    """What was put on record, or opened, after the report was accepted."""
    scope = figures.Scope(report.office, Month.of(report.month))
    month = (scope.month.first, scope.month.last)
    rows = scope.of(Activity).corrections().exclude(status=Activity.Status.CANCELLED)
    about = Q(held_on__range=month) | Q(corrects__held_on__range=month)
    return rows.filter(about).for_correction_list()


def changed_since(report: Report) -> list[tuple]:
    """Label, number in the PDF and number of now of each figure that differs."""
    if is_current(report):
        return []
    scope = figures.Scope(report.office, Month.of(report.month))
    now = figures.values(scope, figures.PRINTED)
    printed = report.figures.get("figures", {})
    return [
        (figures.FIGURES[code].label, printed[code], now[code])
        for code in figures.PRINTED
        if code in printed and now[code] != printed[code]
    ]


@transaction.atomic
def accept(report: Report, *, by: User) -> None:
    """Take the report: its PDF is valid from now on, its activities are locked.

    What comes later is a correction.
    """
    report.begin("accept", by=by)
    scope = figures.Scope(report.office, Month.of(report.month))
    closing.close(scope.past.offices, report.month)
    if not is_current(report):
        raise ValidationError(
            _("Angka berubah sejak laporan diajukan. Kembalikan untuk disusun ulang.")
        )
    report.move_to(Status.ACCEPTED, by=by, accepted_by=by)
    documents.approve(report.issued, by=by)
    outreach.lock(scope.counted, by=by)
    tell(report, "accepted", _unit(report), _("Laporan diterima: %(name)s"))


@transaction.atomic
def send_back(report: Report, *, by: User, reason: str) -> None:
    """Return the report with a reason; it may be mended and submitted again."""
    report.begin("send_back", by=by, reason=reason)
    report.move_to(Status.RETURNED, by=by, reason=reason)
    tell(
        report,
        "returned",
        _unit(report),
        _("Laporan perlu perbaikan: %(name)s"),
        "%(reason)s",
    )


def _enqueue(report: Report, by: User) -> None:
    """Ask for the next version, unless one is being made already.

    The version's code exists from here on, however often a worker begins anew.
    """
    if report.job and report.job.is_open:
        raise ValidationError(_("PDF sedang dibuat. Tunggu sampai selesai."))
    if report.job and report.job.state == Job.State.FAILED:
        jobs.retry(report.job, by=by)
        return
    version = report.version + 1
    issued = documents.issue(
        office=report.office,
        owner=report,
        version=version,
        title=_("Laporan bulanan %(month)s")
        % {"month": dates.month_year(report.month)},
        holder=report.office.name,
        by=by,
    )
    report.job = jobs.enqueue(
        "reports.build",
        key=f"reports.build:{report.pk}:{version}",
        payload={"report": report.pk, "version": version, "issued": issued.pk},
        by=by,
    )
    report.save(update_fields=["job"])


def _paper(
    report: Report, snapshot: dict, issued: IssuedDocument, by: User, photos: dict
) -> dict:
    """What the template of the PDF needs."""
    activities = _dated(snapshot["activities"], "held_on")
    return {
        "report": report,
        "office": report.office,
        "figures": [
            (figures.FIGURES[code].label, snapshot["figures"][code])
            for code in figures.PRINTED
        ],
        "activities": activities,
        "annex": annex_of(activities),
        "agreements": _dated(snapshot["agreements"], "ends_on"),
        "groups": snapshot["groups"],
        "corrections": _dated(snapshot["corrections"], "held_on"),
        "photos": [
            {"name": name, "caption": caption}
            for name, (caption, _document) in photos.items()
        ],
        "charts": {
            "trend": pictures.trend(snapshot["trend"]),
            "by_type": pictures.by_type(snapshot["activities_by_type"]),
            "by_category": pictures.by_category(snapshot["served_by_category"]),
            "at_work": pictures.agreements_at_work(snapshot["agreements"]),
        },
        "issued": issued,
        "period": dates.month_year(report.month),
        "made_by": by,
        "made_at": timezone.now(),
    }


def annex_of(activities: list[dict], longest: int = pdf.LONG_TABLE) -> pdf.Annex | None:
    """A list too long for the chapter stands behind the report."""
    if len(activities) <= longest:
        return None
    return pdf.Annex("reports/monthly/pdf/activities.html", activities)


def _dated(rows: list[dict], name: str) -> list[dict]:
    """The rows with a day in place of its ISO text."""
    return [{**row, name: date.fromisoformat(row[name])} for row in rows]


def _photos(scope: figures.Scope) -> dict[str, tuple[str, Document]]:
    """A few photos of the month: the template's name → caption and file."""
    rows = (
        Evidence.objects.filter(
            activity__in=scope.counted, kind=Evidence.Kind.PHOTO, removed_at=None
        )
        .select_related("document", "activity")
        .order_by("activity__held_on", "pk")[:PHOTOS]
    )
    return {
        f"photo-{place}": (
            f"{row.activity.title}, {dates.date_long(row.activity.held_on)}",
            row.document,
        )
        for place, row in enumerate(rows, start=1)
    }


def _unit(report: Report):
    """Whom it concerns at the unit: who works on it, who submits it, who asked."""
    return [
        *own_people(report),
        *officers(report, "reports.add_report"),
        *officers(report, "reports.submit_report"),
    ]
