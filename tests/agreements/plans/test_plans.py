"""The work plan of an agreement: written as a whole, and what was done of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement, PlanItem
from agreements.plans import services
from agreements.plans.progress import progress_of
from pokmas.accounts.roles import Role
from pokmas.steps.actions import actions_of
from tests.agreements.texts.factories import TextVersionFactory
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    PlanItemFactory,
    person,
)

pytestmark = pytest.mark.django_db


def running(**more):
    """An agreement of this year and the next, whatever the day."""
    today = timezone.localdate()
    return AgreementFactory(
        **{
            "status": "signed",
            "signed_on": date(today.year, 1, 1),
            "starts_on": date(today.year, 1, 1),
            "ends_on": date(today.year + 1, 12, 31),
            **more,
        }
    )


def row(place=0, **changes):
    year = timezone.localdate().year
    given = {
        "type_code": ActivityTypeFactory().code,
        "party": "both",
        "first_month": f"Mei {year}",
        "last_month": f"06-{year}",
        "times": "4",
        "target": "1.200",
        "note": "Penyuluhan di balai desa",
        **changes,
    }
    return {f"{name}_{place}": value for name, value in given.items()}


def send(client, agreement, *rows, **more):
    sent = {"revision": agreement.revision, "rows": "3", **more}
    for each in rows:
        sent |= each
    return client.post(reverse("agreements:plan", args=[agreement.pk]), sent)


@pytest.fixture
def agreement():
    return running()


@pytest.fixture
def operator(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


def test_an_operator_writes_a_plan_of_several_rows(sign_in, agreement, operator):
    later = row(1, note="Penyuluhan kedua", party="second")

    answer = send(sign_in(operator), agreement, row(), later)

    assert answer.url == f"{agreement.get_absolute_url()}?tab=plan"
    first, second = agreement.plan_items.all()
    year = timezone.localdate().year
    assert (first.first_month, first.last_month) == (date(year, 5, 1), date(year, 6, 1))
    assert (first.times, first.target) == (4, 1200)
    assert first.type_name == "Penyuluhan atau bantuan hukum"
    assert (second.party, second.note) == ("second", "Penyuluhan kedua")


def test_a_row_needs_no_months_typed_and_months_alone_are_none(
    sign_in, agreement, operator
):
    form = sign_in(operator).get(reverse("agreements:plan", args=[agreement.pk]))
    form = form.context["form"]
    shown = form["first_month_1"].value(), form["last_month_1"].value()
    first, last = (form.fields["first_month_1"].widget.format_value(v) for v in shown)
    proposed = {"first_month": first, "last_month": last}
    only_months = {f"{name}_1": value for name, value in proposed.items()}

    send(sign_in(operator), agreement, row(0, **proposed), only_months)

    [item] = agreement.plan_items.all()
    assert (item.first_month, item.last_month) == shown


def test_the_plan_then_the_text_come_before_the_partner_is_asked(operator):
    draft = AgreementFactory(office=operator.acting.office)

    def first():
        read = type(draft).objects.get(pk=draft.pk)
        return actions_of(read, operator).first.step.name

    firsts = [first()]
    PlanItemFactory(agreement=draft)
    firsts.append(first())
    TextVersionFactory(agreement=draft)

    assert [*firsts, first()] == ["plan", "make_text", "discuss"]


def test_what_has_begun_is_not_offered_as_a_beginning(operator):
    draft = AgreementFactory(office=operator.acting.office)
    PlanItemFactory(agreement=draft)
    TextVersionFactory(agreement=draft)

    labels = {each.label for each in actions_of(draft, operator).others}

    assert {"Ubah rencana kerja", "Buat naskah lagi"} <= labels


def test_what_is_wrong_is_said_in_its_row_and_nothing_typed_is_lost(
    sign_in, agreement, operator
):
    wrong = row(1, first_month="31-02", target="", note="<script>" * 20)

    page = send(sign_in(operator), agreement, row(), wrong)

    form = page.context["form"]
    assert set(form.errors) == {"first_month_1", "target_1"}
    assert "&lt;script&gt;" in page.text
    assert "<script>&" not in page.text
    assert agreement.plan_items.count() == 0


@pytest.mark.parametrize("typed", [{"times_1": "7"}, {"party_1": "second"}])
def test_a_row_of_which_little_was_typed_is_refused_not_dropped(
    sign_in, agreement, operator, typed
):
    untouched = {"times_2": "1", "party_2": "both"}

    page = send(sign_in(operator), agreement, row(), typed, untouched)

    assert {"type_code_1", "first_month_1"} <= set(page.context["form"].errors)
    assert not any(name.endswith("_2") for name in page.context["form"].errors)
    assert not agreement.plan_items.exists()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"first_month": "Mei 1999"}, "first_month_0"),
        ({"last_month": "Januari {year}"}, "last_month_0"),
        ({"times": "0"}, "times_0"),
    ],
)
def test_a_row_outside_of_the_agreement_is_refused(
    sign_in, agreement, operator, changes, name
):
    year = timezone.localdate().year
    changes = {key: value.format(year=year) for key, value in changes.items()}

    page = send(sign_in(operator), agreement, row(**changes))

    assert name in page.context["form"].errors
    assert agreement.plan_items.count() == 0


def test_more_rows_come_by_a_button_and_nothing_is_checked(
    sign_in, agreement, operator
):
    page = send(sign_in(operator), agreement, row(target="lima"), choose="rows")

    form = page.context["form"]
    assert (form.count, form.errors) == (6, {})
    assert form["target_0"].value() == "lima"


def test_a_first_plan_is_proposed_from_the_text(sign_in, operator, agreement):
    ActivityTypeFactory(code="legal_counselling", name="Penyuluhan atau bantuan hukum")
    agreement.form, agreement.subject = "Penyuluhan bagi klien", "Hak klien"
    agreement.save()

    page = sign_in(operator).get(reverse("agreements:plan", args=[agreement.pk]))

    assert page.context["form"]["type_code_0"].value() == "legal_counselling"


def test_a_row_is_changed_or_dropped(sign_in, agreement, operator):
    kept, dropped = PlanItemFactory.create_batch(2, agreement=agreement)
    ActivityTypeFactory()

    send(
        sign_in(operator),
        agreement,
        row(0, item=kept.pk, target="7"),
        row(1, item=dropped.pk, drop="on"),
    )

    assert [(item.pk, item.target) for item in agreement.plan_items.all()] == [
        (kept.pk, 7)
    ]


def test_a_row_of_another_agreement_is_none_of_this_one(agreement, operator):
    ActivityTypeFactory()
    other = PlanItemFactory()
    month = agreement.starts_on
    values = {"type_code": "legal_counselling", "first_month": month, "target": 1}
    values |= {"last_month": month, "times": 1, "party": "both", "note": ""}

    services.plan(agreement, items=[{"item": other.pk, **values}], by=operator)

    other.refresh_from_db()
    assert other.agreement != agreement
    assert agreement.plan_items.get().pk != other.pk


def test_what_has_an_activity_is_not_dropped(agreement, operator):
    item = PlanItemFactory(agreement=agreement)
    ActivityFactory(agreement=agreement, item=item)

    with pytest.raises(ValidationError, match="tidak dapat dihapus"):
        services.plan(agreement, items=[], by=operator)

    assert PlanItem.objects.get() == item


@pytest.mark.parametrize("status", ["legal_review", "suspended"])
def test_no_plan_is_written_while_it_is_judged_or_stands_still(status):
    agreement = running(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.plan(
            agreement, items=[], by=person(Role.UNIT_OPERATOR, agreement.office)
        )


def test_an_old_tab_is_told(sign_in, agreement, operator):
    agreement.touch()

    send(sign_in(operator), Agreement(pk=agreement.pk, revision=0), row())

    assert agreement.plan_items.count() == 0


def test_what_was_done_stands_beside_what_was_planned(agreement):
    item = PlanItemFactory(agreement=agreement, times=2, target=30)
    more = {"agreement": agreement, "office": agreement.office}
    for status in ("planned", "reported", "verified", "verified", "verified"):
        ActivityFactory(
            **more, item=item, status=status, counts={("family", "male"): 4}
        )
    ActivityFactory(**more, item=item, status="cancelled")
    ActivityFactory(**more, status="verified")

    progress = progress_of(agreement)

    done = progress.rows[0].done
    assert (done.planned, done.reported, done.verified, done.served) == (1, 1, 3, 12)
    assert (progress.fulfilled, progress.times) == (2, 2)
    assert progress.beside.verified == 1


def test_only_what_had_begun_by_a_day_is_compared(agreement):
    year = agreement.starts_on.year
    PlanItemFactory(agreement=agreement, times=3)
    PlanItemFactory(agreement=agreement, times=9, first_month=date(year + 1, 5, 1))

    assert progress_of(agreement).begun_by(date(year, 12, 31)).times == 3


@pytest.mark.parametrize("items", [1, 3])
def test_the_part_of_the_page_costs_the_same_for_any_plan(
    sign_in, agreement, operator, django_assert_max_num_queries, items
):
    PlanItemFactory.create_batch(items, agreement=agreement)
    client = sign_in(operator)
    client.get(agreement.get_absolute_url())

    with django_assert_max_num_queries(12):
        page = client.get(f"{agreement.get_absolute_url()}?tab=plan")

    assert page.text.count("Rencanakan kegiatan") == items


def test_its_history_tells_what_came_into_the_plan(sign_in, agreement, operator):
    send(sign_in(operator), agreement, row())

    page = sign_in(operator).get(f"{agreement.get_absolute_url()}?tab=history")

    assert "Menyusun rencana kerja" in page.text
    assert "Penyuluhan di balai desa" in page.text


def test_the_partner_reads_the_plan_and_changes_nothing(sign_in, agreement):
    item = PlanItemFactory(agreement=agreement, note="Penyuluhan rutin")
    user = person(Role.PARTNER, agreement.office)
    agreement.partner.representatives.create(user=user)
    client = sign_in(user)

    page = client.get(f"{agreement.get_absolute_url()}?tab=plan")
    refused = client.get(reverse("agreements:plan", args=[agreement.pk]))

    assert str(item) in page.text
    assert "Ubah rencana kerja" not in page.text
    assert refused.status_code == 403


def test_an_item_of_another_agreement_stays_where_it_is(sign_in, agreement, operator):
    foreign = PlanItemFactory(note="Milik lain")

    send(sign_in(operator), agreement, row(item=str(foreign.pk)))

    foreign.refresh_from_db()
    assert foreign.note == "Milik lain"
    (own,) = agreement.plan_items.all()
    assert own.pk != foreign.pk
