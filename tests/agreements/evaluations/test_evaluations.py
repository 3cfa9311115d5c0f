"""What came of an agreement: asked for on its day, written by one, confirmed by
another."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.calendar.events import grid
from agreements.evaluations import due, services
from agreements.models import Agreement, Evaluation
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from reports.home.page import tasks
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DocumentFactory,
    EvaluationFactory,
    PlanItemFactory,
    person,
)

pytestmark = pytest.mark.django_db
SAID = {"benefit": "Klien terlatih", "advice": "continue"}


def on(day):
    """Noon of a day, which is the same day everywhere in the country."""
    return time_machine.travel(datetime(*day, 4, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _in_its_first_year():
    """So that whoever acts in a test had his post by then."""
    with on((2026, 11, 30)):
        yield


@pytest.fixture
def agreement():
    """From 10 January 2026 on, for three years."""
    return AgreementFactory(status="signed", ends_on=date(2029, 1, 9))


@pytest.fixture
def operator(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


@pytest.fixture
def head(agreement):
    return person(Role.UNIT_HEAD, agreement.office)


def asked(user):
    return [(task.act, task.due_on) for task in tasks(user)]


YEARLY = "Evaluasi pelaksanaan kerja sama tahun ini"


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ((2026, 12, 9), None),
        ((2026, 12, 10), date(2027, 1, 9)),
        ((2027, 2, 1), date(2027, 1, 9)),
        ((2027, 12, 10), date(2028, 1, 9)),
        ((2029, 3, 1), date(2029, 1, 9)),
        ((2029, 4, 20), None),
    ],
)
def test_a_year_of_it_calls_for_an_evaluation(agreement, operator, day, until):
    with on(day):
        called = asked(operator)
        page = Agreement.objects.for_page().get(pk=agreement.pk)

        assert called == ([(YEARLY, until)] if until else [])
        assert (page.due_on if page.awaited else None) == until


def test_one_that_began_on_a_leap_day_is_asked_for_as_the_database_says():
    agreement = AgreementFactory(
        status="signed",
        signed_on=date(2028, 2, 29),
        starts_on=date(2028, 2, 29),
        ends_on=date(2031, 2, 27),
    )
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    with on((2029, 2, 28)):
        assert asked(operator) == [(YEARLY, due.day_of(agreement))]
        assert due.day_of(agreement) == date(2029, 2, 27)


@pytest.mark.parametrize(("status", "is_asked"), [("confirmed", 0), ("returned", 1)])
def test_a_report_on_the_end_speaks_of_the_last_year_too(
    agreement, operator, head, status, is_asked
):
    with on((2029, 1, 1)):
        EvaluationFactory(
            agreement=agreement,
            kind="final",
            due_on=agreement.ends_on,
            submitted_by=operator,
            confirmed_by=head,
            status=status,
            reason="Kurang bukti" if status == "returned" else "",
        )

        yearly = [act for act, _day in asked(operator) if act == YEARLY]
        month = grid(Agreement.objects.all(), date(2029, 1, 1))[0]

        assert len(yearly) == is_asked
        assert due.is_due(agreement) is bool(is_asked)
        assert month.counts.get("evaluation", 0) == is_asked


@pytest.mark.parametrize("status", ["draft", "suspended"])
def test_what_is_not_in_force_is_not_evaluated(status):
    agreement = AgreementFactory(status=status)

    operator = person(Role.UNIT_OPERATOR, agreement.office)

    with on((2027, 1, 5)), pytest.raises(ValidationError, match="tidak dapat"):
        services.evaluate(agreement, by=operator, **SAID)


def test_the_facts_are_counted_when_it_is_handed_in(agreement, operator, head):
    item = PlanItemFactory(agreement=agreement, times=4, target=50)
    PlanItemFactory(agreement=agreement, times=9, first_month=date(2028, 5, 1))
    ActivityFactory(
        office=agreement.office,
        agreement=agreement,
        item=item,
        status="verified",
        counts={("family", "male"): 12},
    )

    with on((2027, 1, 5)):
        services.evaluate(agreement, by=operator, **SAID)
        assert asked(operator) == []
        [(act, until)] = asked(head)

    row = agreement.evaluations.get()
    assert (row.fulfilled, row.times, row.served, row.target) == (1, 4, 12, 50)
    assert row.implementation.startswith("25")
    assert act == "Periksa dan sahkan evaluasi yang diajukan"
    assert until == date(2027, 1, 19)


def test_the_head_confirms_what_another_wrote(agreement, operator, head):
    with on((2027, 1, 5)):
        services.evaluate(agreement, by=operator, **SAID)
        services.confirm(agreement, verdict="confirmed", by=head)
        assert asked(head) == asked(operator) == []

    row = agreement.evaluations.get()
    assert (row.status, row.confirmed_by) == ("confirmed", head)
    told = Notice.objects.filter(kind="agreement.evaluation_confirmed")
    assert [notice.user for notice in told] == [operator]


def test_nobody_confirms_his_own(agreement, head):
    EvaluationFactory(agreement=agreement, submitted_by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        services.confirm(agreement, verdict="confirmed", by=head)

    assert asked(head) == []


def test_what_was_sent_back_is_written_again(agreement, operator, head):
    with on((2027, 1, 5)):
        services.evaluate(agreement, by=operator, **SAID)
        with pytest.raises(ValidationError, match="alasan"):
            services.confirm(agreement, verdict="returned", by=head)
        services.confirm(agreement, verdict="returned", reason="Kurang rinci", by=head)
        assert [act for act, _until in asked(operator)] == [YEARLY]
        services.evaluate(agreement, by=operator, **{**SAID, "benefit": "Rinci"})

    row = agreement.evaluations.get()
    assert (row.status, row.benefit, row.reason) == ("submitted", "Rinci", "")


def test_one_evaluation_a_year(agreement, operator, head):
    with on((2027, 1, 5)):
        services.evaluate(agreement, by=operator, **SAID)
        with pytest.raises(ValidationError, match="sudah ada"):
            services.evaluate(agreement, by=operator, **SAID)
        services.confirm(agreement, verdict="confirmed", by=head)
        with pytest.raises(ValidationError, match="sudah ada"):
            services.evaluate(agreement, by=operator, **SAID)
    with on((2028, 1, 5)):
        services.evaluate(agreement, by=operator, **SAID)

    assert agreement.evaluations.count() == 2


def test_the_kanwil_hears_once_of_a_late_one(agreement):
    kanwil = person(Role.REGIONAL_ADMIN, agreement.office.region)
    with on((2027, 1, 9)):
        tell_of_late_turns()
    early = Notice.objects.count()
    for day in (11, 12):
        with on((2027, 1, day)):
            tell_of_late_turns()

    late = Notice.objects.filter(kind="agreement.late")
    assert (early, [notice.user for notice in late]) == (0, [kanwil])


# At the end


def outcome(place, **changes):
    given = {"wanted": "Klien bekerja", "state": "achieved", "proof": "Daftar kerja"}
    return {f"{name}_{place}": value for name, value in {**given, **changes}.items()}


def ending(**more):
    return AgreementFactory(status="signed", **more)


def test_the_end_report_begins_with_the_work_plan(sign_in):
    agreement = ending()
    item = PlanItemFactory(agreement=agreement, note="Di balai desa")
    url = reverse("agreements:report_end", args=[agreement.pk])

    with on((2026, 12, 1)):
        client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
        form = client.get(url).context["form"]
        sent = {"rows": "4", "revision": agreement.revision, **SAID}
        answer = client.post(
            url,
            {
                **sent,
                **outcome(0, item=item.pk, wanted=str(item)),
                **outcome(1, state="missed", remains="Modal belum ada"),
            },
        )

    assert form["wanted_0"].value() == str(item)
    assert answer.status_code == 302
    report = agreement.evaluations.get()
    assert [(row.item, row.state) for row in report.outcomes.all()] == [
        (item, "achieved"),
        (None, "missed"),
    ]
    assert due.end_report_of(agreement) is None


def test_what_was_not_achieved_says_what_remains(sign_in):
    agreement = ending()
    url = reverse("agreements:report_end", args=[agreement.pk])

    with on((2026, 12, 1)):
        client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
        page = client.post(
            url,
            {
                "rows": "3",
                "revision": agreement.revision,
                **SAID,
                **outcome(0, state="partly"),
            },
        )

    assert set(page.context["form"].errors) == {"remains_0"}


def test_it_is_too_early_for_the_end_report(agreement, operator):
    with on((2027, 1, 5)), pytest.raises(ValidationError, match="belum waktunya"):
        services.report_end(agreement, items=[], by=operator, **SAID)


def test_a_confirmed_end_report_is_found_by_whoever_renews():
    report = EvaluationFactory(kind="final", status="confirmed")

    assert due.end_report_of(report.agreement) == report


# Pages


def test_the_head_judges_where_he_reads_it(sign_in, agreement, operator, head):
    row = EvaluationFactory(
        agreement=agreement, submitted_by=operator, benefit="<b>Nyata</b>"
    )
    url = reverse("agreements:confirm_evaluation", args=[agreement.pk])
    client = sign_in(head)

    page = client.get(url)
    client.post(url, {"verdict": "confirmed", "revision": agreement.revision})

    row.refresh_from_db()
    assert "&lt;b&gt;Nyata" in page.text
    assert row.status == "confirmed"


def test_the_partner_does_not_read_what_the_unit_advises(sign_in, agreement):
    row = EvaluationFactory(agreement=agreement, status="confirmed")
    user = person(Role.PARTNER, agreement.office)
    agreement.partner.representatives.create(user=user)
    client = sign_in(user)

    page = client.get(agreement.get_absolute_url())

    assert "tab=evaluations" not in page.text
    assert client.get(row.get_absolute_url()).status_code == 403
    assert not Evaluation.objects.visible_to(user).exists()


def test_the_page_of_an_evaluation_costs_few_queries(
    sign_in, agreement, operator, django_assert_max_num_queries
):
    row = EvaluationFactory(agreement=agreement, status="confirmed")
    client = sign_in(operator)
    client.get(row.get_absolute_url())

    with django_assert_max_num_queries(12):
        page = client.get(row.get_absolute_url())

    assert "Evaluasi tahunan kerja sama" in page.text


def test_a_confirmed_one_is_printed_when_somebody_asks(sign_in, agreement, operator):
    row = EvaluationFactory(agreement=agreement, status="confirmed")
    waiting = EvaluationFactory(agreement=agreement, due_on=date(2028, 1, 10))
    client = sign_in(operator)

    for each in (row, waiting):
        client.post(reverse("papers:ask", args=["agreements.evaluation", each.pk]))

    [paper] = IssuedDocument.objects.all()
    assert (paper.owner, paper.holder) == (row, agreement.partner.name)


ENDED = "Susun laporan akhir kerja sama yang sudah berakhir"


@pytest.mark.parametrize(
    ("day", "until"),
    [((2026, 11, 30), None), ((2027, 1, 12), date(2027, 2, 8)), ((2027, 5, 1), None)],
)
def test_one_that_is_over_calls_for_its_end_report(day, until):
    agreement = AgreementFactory(status="signed", ends_on=date(2027, 1, 9))
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    EvaluationFactory(
        agreement=agreement, due_on=date(2027, 1, 9), kind="yearly", status="confirmed"
    )
    with on(day):
        page = Agreement.objects.for_page().get(pk=agreement.pk)

        assert asked(operator) == ([(ENDED, until)] if until else [])
        assert page.due_on == until


def test_one_ended_before_its_day_is_judged_until_it_ended():
    agreement = AgreementFactory(
        status="terminated",
        ends_on=date(2029, 3, 7),
        reason="Bubar",
        termination_paper=DocumentFactory(),
    )
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    today = agreement.office.today
    assert asked(operator) == [(ENDED, today + timedelta(days=30))]

    services.report_end(
        agreement,
        by=operator,
        items=[{"wanted": "Terlatih", "state": "achieved", "proof": "Daftar"}],
        **SAID,
    )

    assert agreement.evaluations.get().due_on == agreement.ended_on == today
    listed = Agreement.objects.for_list().get(pk=agreement.pk)
    assert listed.terminated_on == today


def test_what_waits_asks_once_whether_a_year_was_evaluated():
    asked = str(Agreement.objects.awaiting(person(Role.UNIT_OPERATOR)).query)

    # The day of the row, and that which an evaluation must have.
    assert asked.count("EXTRACT(YEAR FROM AGE") == 2
