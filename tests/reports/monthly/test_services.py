"""The monthly report from request to frozen PDF, each rule beside its refusal."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from pokmas.offices.models.places import Zone
from pokmas.papers import printing
from reports.duties.models import ReportDuty
from reports.home.page import tasks
from reports.models import Report
from reports.monthly import services
from reports.monthly.models import NARRATIVE
from reports.monthly.papers import ReportPaper
from reports.obligations.board import cells
from tests.factories import ActivityFactory, ReportFactory, UnitFactory, person
from tests.pokmas.papers.reading import (
    faults_of_word,
    text_of_pdf,
    text_of_word,
    without_heads,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("november"),
]

MONTH = date(2026, 10, 1)
OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def held(office, **fields):
    """A verified activity of October with 12 people."""
    return ActivityFactory(
        office=office,
        status=Activity.Status.VERIFIED,
        starts_at=OCTOBER,
        counts={("adult_client", "male"): 12},
        **fields,
    )


def built(office, by=None, said=None):
    """A report whose PDF the worker has made."""
    by = by or person(Role.UNIT_OPERATOR, office)
    report = services.request(office, MONTH, by=by)
    if said:
        Report.objects.filter(pk=report.pk).update(**said)
    jobs.run(report.job_id)
    report.refresh_from_db()
    return report


def test_request_keeps_the_report_and_asks_a_worker():
    operator = person(Role.UNIT_OPERATOR)

    report = services.request(operator.acting.office, MONTH, by=operator)

    assert (report.status, report.version) == ("open", 0)
    assert (report.job.kind, report.job.queue) == ("reports.monthly", "pdf")


def test_asking_twice_gives_one_report_and_one_job():
    operator = person(Role.UNIT_OPERATOR)

    first = services.request(operator.acting.office, MONTH, by=operator)
    again = services.request(operator.acting.office, MONTH, by=operator)

    assert again == first
    assert Job.objects.filter(kind="reports.monthly").count() == 1


def test_request_refuses_a_month_that_has_not_begun():
    operator = person(Role.UNIT_OPERATOR)

    with pytest.raises(ValidationError, match="belum dimulai"):
        services.request(operator.acting.office, date(2026, 12, 1), by=operator)


@pytest.mark.printing
def test_build_makes_a_sealed_pdf_of_the_verified_activities():
    office = UnitFactory()
    held(office)
    ActivityFactory(office=office, status=Activity.Status.REPORTED, starts_at=OCTOBER)

    report = built(office)

    assert (report.status, report.version) == ("drafting", 1)
    figures = report.figures["figures"]
    assert (figures["activities"], figures["served"], figures["waiting"]) == (1, 12, 1)
    with report.issued.file.open() as file:
        assert file.read(5) == b"%PDF-"
    assert report.issued.status == IssuedDocument.Status.PENDING
    assert report.job.state == Job.State.DONE
    assert Notice.objects.filter(user=report.job.requested_by).count() == 1


@pytest.mark.printing
def test_the_word_file_says_what_the_report_says(sign_in):
    office = UnitFactory(head_name="Maria Uji", head_nip="198001012005011001")
    held(office, title="Penyuluhan hukum")

    report = built(office, said=dict.fromkeys(NARRATIVE, "Sesuai rencana."))

    with report.issued.file.open() as file, report.issued.word.open() as word:
        pdf, word = file.read(), word.read()
    with printing.as_printed(office):
        content = ReportPaper().content(report, report.issued)
    texts = (
        text_of_word(word),
        text_of_pdf(pdf, report.issued, content.pictures),
    )
    in_word, in_pdf = (without_heads(text, content) for text in texts)
    assert in_word == in_pdf
    assert "Penyuluhanhukum" in in_word
    assert faults_of_word(word) == []
    page = sign_in(person(Role.UNIT_OPERATOR, office)).get(report.get_absolute_url())
    assert report.issued.get_word_url() in page.content.decode()


@pytest.mark.printing
def test_running_the_job_again_changes_nothing():
    report = built(UnitFactory())
    sealed = report.issued.sha256

    jobs.run(report.job_id)

    report.refresh_from_db()
    assert (report.version, report.issued.sha256) == (1, sealed)
    assert IssuedDocument.objects.count() == 1


@pytest.mark.printing
def test_rebuild_makes_the_next_version_and_replaces_the_last():
    report = built(UnitFactory())
    first = report.issued

    services.rebuild(report, by=person(Role.UNIT_OPERATOR, report.office))
    jobs.run(report.job_id)

    report.refresh_from_db()
    first.refresh_from_db()
    assert (report.version, first.status) == (2, IssuedDocument.Status.REPLACED)


def test_rebuild_waits_for_the_pdf_that_is_being_made():
    operator = person(Role.UNIT_OPERATOR)
    report = services.request(operator.acting.office, MONTH, by=operator)

    with pytest.raises(ValidationError, match="sedang dibuat"):
        services.rebuild(report, by=operator)


def test_submit_tells_the_kanwil():
    report = built(UnitFactory())
    admin = person(Role.REGIONAL_ADMIN, report.office.region)
    head = person(Role.UNIT_HEAD, report.office)

    services.submit(report, by=head)

    report.refresh_from_db()
    assert (report.status, report.submitted_by) == ("submitted", head)
    assert Notice.objects.filter(user=admin).count() == 1


def test_nobody_submits_a_month_that_is_not_over():
    this_month = timezone.localdate().replace(day=1)
    report = ReportFactory(month=this_month, status="drafting")
    head = person(Role.UNIT_HEAD, report.office)

    with pytest.raises(ValidationError) as refusal:
        services.submit(report, by=head)

    assert refusal.value.messages == ["Periode ini belum berakhir."]
    assert services.problems_of(report) == [
        "Periode ini belum berakhir.",
        "PDF laporan belum selesai dibuat.",
    ]
    assert (report.is_turn_of(head), awaited(head)) == (False, [])


def test_a_month_is_over_where_its_unit_stands():
    east = ReportFactory(
        month=date(2040, 3, 1), status="drafting", office__zone=Zone.WIT
    )
    west = ReportFactory(
        month=date(2040, 3, 1), status="drafting", office__zone=Zone.WIB
    )
    heads = [person(Role.UNIT_HEAD, report.office) for report in (east, west)]

    with time_machine.travel("2040-03-31 15:30Z", tick=False):
        assert [awaited(head) for head in heads] == [[east], []]
        assert east.is_turn_of(heads[0])
        assert not west.is_turn_of(heads[1])


def awaited(person):
    return list(Report.objects.visible_to(person).awaiting(person))


@pytest.mark.printing
def test_the_head_has_the_pdf_made_anew_when_figures_change_while_it_waits_for_him():
    report = built(UnitFactory())
    head = person(Role.UNIT_HEAD, report.office)
    held(report.office)

    services.refresh(report, by=head)

    report.refresh_from_db()
    assert (report.job.is_open, report.status) == (True, "drafting")


@pytest.mark.printing
def test_who_writes_the_report_has_one_button_for_its_pdf():
    report = built(UnitFactory())
    operator = person(Role.UNIT_OPERATOR, report.office)
    head = person(Role.UNIT_HEAD, report.office)

    steps = [Report.STEPS[name] for name in ("rebuild", "refresh")]
    offered = [
        [
            step.name
            for step in steps
            if report.may(by, step) and report.refusal(step, by) is None
        ]
        for by in (operator, head)
    ]

    assert offered == [["rebuild"], ["refresh"]]


@pytest.mark.printing
def test_submit_refuses_a_pdf_whose_figures_have_changed():
    report = built(UnitFactory())
    held(report.office)

    with pytest.raises(ValidationError, match="Angka berubah"):
        services.submit(report, by=person(Role.UNIT_HEAD, report.office))


@pytest.mark.printing
@pytest.mark.parametrize(
    ("state", "words"), [("queued", "sedang dibuat"), ("failed", "gagal")]
)
def test_what_was_filled_in_is_submitted_only_with_a_pdf_that_says_it(state, words):
    report = built(UnitFactory())
    operator = person(Role.UNIT_OPERATOR, report.office)
    report.obstacles = "Jarak jauh"
    services.change(report, by=operator, revision=report.revision, fields=["obstacles"])
    Job.objects.filter(pk=report.job_id).update(state=state)

    with pytest.raises(ValidationError, match=words):
        services.submit(report, by=person(Role.UNIT_HEAD, report.office))

    report.refresh_from_db()
    assert (report.status, report.version) == ("drafting", 1)


@pytest.mark.printing
def test_while_the_pdf_is_made_the_page_says_so_and_offers_no_submission(sign_in):
    report = built(UnitFactory())
    head = person(Role.UNIT_HEAD, report.office)
    services.rebuild(report, by=person(Role.UNIT_OPERATOR, report.office))

    page = sign_in(head).get(report.get_absolute_url())

    assert page.context["problems"] == [services.BEING_MADE]
    assert f"/jobs/{report.job_id}/progress/" in page.text
    assert reverse("reports:submit", args=[report.pk]) not in page.text
    assert report not in Report.objects.awaiting(head)


def submitted(office):
    report = built(office)
    services.submit(report, by=person(Role.UNIT_HEAD, office))
    report.refresh_from_db()
    return report


def test_accept_makes_the_pdf_valid_and_locks_the_month():
    office = UnitFactory()
    activity = held(office)
    report = submitted(office)

    services.accept(report, by=person(Role.REGIONAL_ADMIN, office.region))

    report.refresh_from_db()
    activity.refresh_from_db()
    assert (report.status, report.issued.status) == ("accepted", "valid")
    assert activity.status == Activity.Status.LOCKED
    assert report.figures["figures"]["served"] == 12


@pytest.mark.printing
def test_accept_refuses_the_one_who_submitted():
    report = submitted(UnitFactory())

    with pytest.raises(ValidationError, match="orang lain"):
        services.accept(report, by=report.submitted_by)


@pytest.mark.printing
@pytest.mark.parametrize(
    ("state", "words"), [("running", "sedang dibuat"), ("failed", "gagal")]
)
def test_accept_refuses_a_pdf_older_than_the_report(state, words):
    report = submitted(UnitFactory())
    Job.objects.filter(pk=report.job_id).update(state=state)

    with pytest.raises(ValidationError, match=words):
        services.accept(report, by=person(Role.REGIONAL_ADMIN, report.office.region))


@pytest.mark.printing
def test_accept_refuses_figures_that_changed_meanwhile():
    report = submitted(UnitFactory())
    held(report.office)

    with pytest.raises(ValidationError, match="Kembalikan untuk disusun ulang"):
        services.accept(report, by=person(Role.REGIONAL_ADMIN, report.office.region))

    report.refresh_from_db()
    assert report.status == "submitted"


def test_a_returned_report_is_mended_and_submitted_again():
    report = submitted(UnitFactory())
    admin = person(Role.REGIONAL_ADMIN, report.office.region)
    with pytest.raises(ValidationError, match="Alasan wajib"):
        services.send_back(report, by=admin, reason=" ")

    services.send_back(report, by=admin, reason="Tambahkan kendala.")
    report.refresh_from_db()
    assert (report.status, report.reason) == ("returned", "Tambahkan kendala.")

    operator = person(Role.UNIT_OPERATOR, report.office)
    report.obstacles = "Jarak jauh"
    services.change(report, by=operator, revision=report.revision, fields=["obstacles"])
    jobs.run(report.job_id)
    report.refresh_from_db()
    services.submit(report, by=person(Role.UNIT_HEAD, report.office))

    report.refresh_from_db()
    assert (report.status, report.version) == ("submitted", 2)


def returned(office):
    report = submitted(office)
    admin = person(Role.REGIONAL_ADMIN, office.region)
    services.send_back(report, by=admin, reason="Tambahkan kendala.")
    report.refresh_from_db()
    return report


@pytest.mark.printing
def test_who_can_mend_a_returned_report_finds_it_in_his_home_page(sign_in):
    report = returned(UnitFactory())
    head = person(Role.UNIT_HEAD, report.office)
    operator = person(Role.UNIT_OPERATOR, report.office)

    page = sign_in(operator).get(report.get_absolute_url())

    assert report in Report.objects.awaiting(operator)
    assert report not in Report.objects.awaiting(head)
    assert "Giliran Anda" in page.text
    assert "Perbaiki laporan" in page.text


@pytest.mark.printing
def test_a_mended_report_keeps_the_note_and_is_the_heads_turn():
    report = returned(UnitFactory())
    head = person(Role.UNIT_HEAD, report.office)
    report.obstacles = "Jarak jauh"
    services.change(
        report,
        by=person(Role.UNIT_OPERATOR, report.office),
        revision=report.revision,
        fields=["obstacles"],
    )

    jobs.run(report.job_id)

    report.refresh_from_db()
    assert (report.status, report.reason) == ("drafting", "Tambahkan kendala.")
    assert report in Report.objects.awaiting(head)


@pytest.mark.printing
def test_a_pdf_made_anew_with_nothing_changed_mends_nothing():
    report = returned(UnitFactory())
    services.rebuild(report, by=person(Role.UNIT_OPERATOR, report.office))

    jobs.run(report.job_id)

    report.refresh_from_db()
    assert (report.status, report.version) == ("returned", 2)


@pytest.mark.printing
def test_figures_that_changed_mend_a_returned_report():
    report = returned(UnitFactory())
    held(report.office)
    services.rebuild(report, by=person(Role.UNIT_OPERATOR, report.office))

    jobs.run(report.job_id)

    report.refresh_from_db()
    assert report.status == "drafting"


@pytest.mark.printing
def test_a_returned_report_is_submitted_unchanged_only_with_an_answer(sign_in):
    report = returned(UnitFactory())
    head = person(Role.UNIT_HEAD, report.office)
    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.submit(report, by=head)
    with pytest.raises(ValidationError, match="Alasan wajib"):
        services.answer(report, by=head, reason=" ")

    services.answer(report, by=head, reason="Memang tidak ada kendala.")

    report.refresh_from_db()
    assert (report.status, report.reason) == ("submitted", "Memang tidak ada kendala.")
    admin = person(Role.REGIONAL_ADMIN, report.office.region)
    page = sign_in(admin).get(reverse("reports:accept", args=[report.pk]))
    assert "Jawaban unit:</strong> Memang tidak ada kendala." in page.text


@pytest.mark.printing
@pytest.mark.parametrize("step", ["rebuild", "change"])
def test_an_accepted_report_stays_as_it_is(step):
    report = submitted(UnitFactory())
    services.accept(report, by=person(Role.REGIONAL_ADMIN, report.office.region))
    operator = person(Role.UNIT_OPERATOR, report.office)
    more = {"revision": report.revision, "fields": []} if step == "change" else {}

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        getattr(services, step)(report, by=operator, **more)


@pytest.mark.printing
@pytest.mark.parametrize("status", [s for s in Report.Status if s != "submitted"])
def test_accept_refuses_every_other_status(status):
    report = built(UnitFactory())
    Report.objects.filter(pk=report.pk).update(status=status, reason="Uji")

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.accept(report, by=person(Role.REGIONAL_ADMIN, report.office.region))


@pytest.mark.printing
def test_a_pdf_is_current_in_whatever_language_one_looks():
    office = UnitFactory()
    held(office)
    report = built(office)

    with translation.override("en"):
        assert services.is_current(report)


def test_nobody_is_late_with_a_report_whose_period_was_not_over():
    began = datetime(2026, 11, 20, tzinfo=UTC)
    november = date(2026, 11, 1)
    report = ReportFactory(month=november, status="drafting", status_since=began)
    head = person(Role.UNIT_HEAD, report.office)
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))
    due_on = date(2026, 12, 5)

    with time_machine.travel("2026-12-05 04:00Z"):
        found = tasks(head)
        tell_of_late_turns()

    assert report.due_on == due_on
    assert [(each.due_on, each.is_late) for each in found] == [(due_on, False)]
    assert not Notice.objects.filter(kind="report.late").exists()


@pytest.mark.parametrize(
    ("kind", "status", "reason", "due_on"),
    [
        ("monthly", "drafting", "", date(2026, 10, 5)),
        ("yearly", "open", "", date(2027, 1, 15)),
        ("monthly", "returned", "Uji", date(2026, 10, 25)),
        ("monthly", "drafting", "Uji", date(2026, 10, 25)),
        ("yearly", "returned", "Uji", date(2027, 1, 15)),
        ("quarterly", "drafting", "", date(2026, 10, 25)),
    ],
)
def test_a_unit_reads_one_last_day_everywhere(kind, status, reason, due_on):
    """On the page, among what waits for him, and in the matrix of what is asked for."""
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))
    began = datetime(2026, 10, 20, 2, tzinfo=UTC)
    month = {"monthly": 9, "quarterly": 7}.get(kind, 1)
    report = ReportFactory(
        kind=kind,
        month=date(2026, month, 1),
        status=status,
        status_since=began,
        reason=reason,
    )
    role = Role.UNIT_HEAD if status == "drafting" else Role.UNIT_OPERATOR
    user = person(role, report.office)

    with time_machine.travel("2027-01-20 04:00Z"):
        found = [each.due_on for each in tasks(user)]
        matrix = cells([report.office], [report.period], Report.objects.all())

    assert (report.due_on, found) == (due_on, [due_on])
    assert {each.due_on for each in matrix} == ({due_on} if report.asked_by else set())
