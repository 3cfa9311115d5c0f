"""The report of a period: asked for, made by a worker, submitted, accepted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from outreach.closing import services as closing
from outreach.models import Activity
from outreach.results import services as outreach
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.offices.models import Office
from pokmas.papers import services as papers
from reports.figures import figures
from reports.figures.periods import Kind, Period
from reports.monthly.accounts import accounts_of
from reports.monthly.lower import lower_of, missing, refusal
from reports.monthly.models import NARRATIVE, Report
from reports.monthly.papers import ReportPaper
from reports.monthly.said import places_of, say_at
from reports.monthly.succession import is_own
from reports.targets.services import keep_accepted

Status = Report.Status
SUBMIT = "reports.submit_report"
BEING_MADE = _("PDF sedang dibuat. Tunggu sampai selesai.")
NOT_MADE = _(
    "PDF yang terakhir gagal atau batal dibuat. Susun ulang PDF, lalu periksa lagi."
)
NOT_OVER = _("Periode ini belum berakhir.")
OUT_OF_DATE = _("Angka berubah sejak laporan diajukan. Kembalikan untuk disusun ulang.")
ACCOUNTS_CHANGED = _(
    "Target atau realisasi indikator berubah sejak PDF dibuat. Susun ulang PDF, lalu "
    "periksa lagi."
)
# What the trail calls each of the steps that say something in it.
CHANGED = {
    "change": "report.changed",
    "explain": "report.explained",
    "assign": "report.assigned",
}
GONE = _(
    "%(office)s sudah digabung ke %(successor)s; periode ini masuk laporan "
    "%(successor)s."
)


@transaction.atomic
def request(
    office: Office,
    first: date,
    *,
    by: User,
    kind: str = Kind.MONTHLY,
    obstacles: str = "",
    follow_up: str = "",
) -> Report:
    """Ask for the report of the period from `first` on; a worker makes its PDF.

    Asking again for the same period gives the report that is there.
    """
    period = Period(Kind(kind), first)
    if first > office.today:
        raise ValidationError({"period": _("Periode ini belum dimulai.")})
    if not is_own(office, period):
        successor = {"office": office, "successor": office.successor}
        raise ValidationError({"period": GONE % successor})
    report, is_new = Report.objects.get_or_create(
        office=office,
        month=first,
        kind=kind,
        defaults={"obstacles": obstacles, "follow_up": follow_up, "created_by": by},
    )
    if not is_new:
        return report
    report.full_clean()
    Entry.record(by, "report.requested", report)
    _make(report, by)
    return report


@transaction.atomic
def rebuild(report: Report, *, by: User, step: str = "rebuild") -> None:
    """Make a new version of the PDF from the figures of now."""
    report.begin(step, by=by)
    Entry.record(by, "report.rebuilt", report)
    _make(report, by)


def refresh(report: Report, *, by: User) -> None:
    """The same by who submits it: figures may change while it waits for him. Whoever
    acts in the place of the head then signs it, if nobody else was named."""
    with transaction.atomic():
        rebuild(report, by=by, step="refresh")
        signs = signatory_of(report, by)
        if not report.signatory and signs["signatory"] != report.office.head_name:
            Report.objects.filter(pk=report.pk).update(**signs)


def signatory_of(report: Report, by: User) -> dict[str, str]:
    """Who signs, where nobody was named: the head, or whoever acts in his place now."""
    office, post = report.office, by.acting
    is_head = post and post.office_id == office.pk and by.has_perm(SUBMIT)
    is_other = str(by).strip() != office.head_name.strip()
    if is_head and is_other and post.capacity != Office.Capacity.DEFINITIVE:
        return {"signatory": str(by), "signatory_capacity": post.capacity}
    return {
        "signatory": office.head_name,
        "signatory_nip": office.head_nip,
        "signatory_capacity": office.head_capacity,
    }


@transaction.atomic
def change(
    report: Report, *, by: User, revision: int, fields: list[str], step: str = "change"
) -> None:
    """Save what is said in it; the PDF is made anew with that."""
    Report.objects.get(pk=report.pk).begin(step, by=by)
    report.save_edit(revision, fields)
    Entry.record(by, CHANGED[step], report)
    _make(report, by)


@transaction.atomic
def take_word(report: Report, *, by: User, file: Document, said: dict[str, str]) -> str:
    """Take over what was written in its Word file; the file is kept with the report."""
    report.begin("take_word", by=by)
    names = places_of(report)
    for place, text in said.items():
        say_at(report, place, text)
    fields = [place for place in said if place in NARRATIVE]
    report.save_edit(report.revision, [*fields, "explained"])
    documents.attach(file, report, by=by)
    Entry.record(by, "report.word_taken", report, places=[*said], sha256=file.sha256)
    _make(report, by)
    words = _("Uraian diambil dari Word: %(names)s. PDF sedang dibuat ulang.")
    return words % {"names": ", ".join(names[place] for place in said)}


@transaction.atomic
def keep_signed(report: Report, *, by: User, file: Document, certified: bool) -> str:
    """Keep its PDF as somebody signed it elsewhere, beside the one that was issued."""
    report.begin("keep_signed", by=by)
    copy = documents.keep_signed(report.issued, file, by=by, certified=certified)
    Entry.record(
        by, "report.signed_kept", report, sha256=file.sha256, certified=certified
    )
    return str(_("Tersimpan: %(label)s.")) % {"label": copy.label}


@transaction.atomic
def submit(report: Report, *, by: User) -> None:
    """Hand the report in. All that stands against it is said at once."""
    report.begin("submit", by=by)
    _hand_in(report, by)


@transaction.atomic
def answer(report: Report, *, by: User, reason: str) -> None:
    """Hand a returned report in as it was; who judges it reads why."""
    report.begin("answer", by=by, reason=reason)
    _hand_in(report, by, reason)


def problems_of(report: Report) -> list[str]:
    """What must be mended before the report can be submitted; empty if nothing."""
    problems = []
    if not is_over(report):
        problems.append(NOT_OVER)
    if not report.has_newest_pdf:
        problems.append(BEING_MADE if report.job.is_open else NOT_MADE)
    elif report.issued is None:
        problems.append(_("PDF laporan belum selesai dibuat."))
    elif not is_current(report):
        problems.append(
            _("Angka berubah sejak PDF dibuat. Susun ulang PDF, lalu periksa lagi.")
        )
    return problems


def is_over(report: Report) -> bool:
    return report.office.today > report.period.last


def is_current(report: Report) -> bool:
    """Whether the PDF still shows the figures of now."""
    scope = figures.Scope(report.office, report.period)
    return report.figures.get("mark") == figures.mark(scope)


def accounts_hold(report: Report) -> bool:
    """Whether targets and indicators are still what the PDF says of them."""
    printed = report.figures.get("accounts")
    return printed is None or printed == accounts_of(report)


def corrections_of(report: Report) -> QuerySet:
    """What was put on record, or opened, after the report was accepted."""
    scope = figures.Scope(report.office, report.period)
    days = (scope.period.first, scope.period.last)
    rows = scope.of(Activity).corrections().exclude(status=Activity.Status.CANCELLED)
    about = Q(held_on__range=days) | Q(corrects__held_on__range=days)
    return rows.filter(about).for_correction_list()


def changed_since(report: Report) -> list[tuple]:
    """Label, number in the PDF and number of now of each figure that differs."""
    if is_current(report):
        return []
    scope = figures.Scope(report.office, report.period)
    now = figures.values(scope, figures.PRINTED)
    printed = report.figures.get("figures", {})
    return [
        (figures.FIGURES[code].label, printed[code], now[code])
        for code in figures.PRINTED
        if code in printed and now[code] != printed[code]
    ]


@transaction.atomic
def accept(report: Report, *, by: User) -> str:
    """Take the report: its PDF is valid from now on.

    That of a unit's month locks its activities: what comes later is a correction. A
    longer one of a unit asks for its months; the recapitulation of a Kanwil says itself
    whose are missing.
    """
    report.begin("accept", by=by)
    if not report.has_newest_pdf:
        raise ValidationError(BEING_MADE if report.job.is_open else NOT_MADE)
    scope = figures.Scope(report.office, report.period)
    if report.closes:
        closing.close(scope.past.offices, report.month)
    elif not report.is_recap and (lacking := missing(lower_of(report))):
        raise ValidationError(refusal(lacking))
    if not (is_current(report) and accounts_hold(report)):
        raise ValidationError(OUT_OF_DATE)
    report.move_to(Status.ACCEPTED, by=by, accepted_by=by)
    keep_accepted(report.office, report.period)
    documents.approve(report.issued, by=by)
    if report.closes:
        outreach.lock(scope.counted, by=by)
    tell(report, "accepted", _unit(report), _("Laporan diterima: %(name)s"))
    if report.closes:
        return str(_("Laporan diterima. Angka bulan ini dikunci."))
    return str(_("Laporan diterima."))


@transaction.atomic
def send_back(report: Report, *, by: User, reason: str) -> str:
    """Return the report with a reason; it may be mended and submitted again."""
    report.begin("accept", by=by)
    report.move_to(Status.RETURNED, by=by, reason=reason)
    tell(
        report,
        "returned",
        _unit(report),
        _("Laporan perlu perbaikan: %(name)s"),
        "%(reason)s",
    )
    return str(_("Laporan dikembalikan."))


def judge(report: Report, *, by: User, verdict: str, reason: str) -> str:
    """What was found: it is accepted, or who wrote it mends it."""
    if verdict == Status.ACCEPTED:
        return accept(report, by=by)
    return send_back(report, reason=reason, by=by)


def _make(report: Report, by: User) -> None:
    """Ask for the next version, unless one is being made already."""
    if report.job and report.job.is_open:
        raise ValidationError(BEING_MADE)
    report.job = papers.ask(ReportPaper.kind, report, by=by).job
    report.save(update_fields=["job"])


def _hand_in(report: Report, by: User, reason: str = "") -> None:
    if problems := problems_of(report):
        raise ValidationError(problems)
    if not accounts_hold(report):
        raise ValidationError(ACCOUNTS_CHANGED)
    report.move_to(Status.SUBMITTED, by=by, reason=reason, submitted_by=by)
    tell(
        report,
        "submitted",
        next_in_turn(report),
        _("Laporan menunggu pemeriksaan: %(name)s"),
        "%(reason)s",
    )


def _unit(report: Report):
    """Whom it concerns at its office: who works on it, who submits it, who asked."""
    return [
        *own_people(report),
        *officers(report, "reports.add_report"),
        *officers(report, SUBMIT),
    ]
