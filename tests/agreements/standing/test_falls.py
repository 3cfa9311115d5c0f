"""What goes with an agreement that is suspended or ended, and what stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement
from agreements.standing import services
from agreements.standing.forms import FallForm, TerminateForm
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.audit.phrases import phrase
from pokmas.notices.models import Notice
from tests.agreements.scans import scan_of
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnerFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db

Status = Agreement.Status


@pytest.fixture
def nota():
    """With the regent, and under it one PKS for each of four of his offices."""
    nota = AgreementFactory(kind="joint", status="signed", title="Nota Seram")
    for name in ("Sosial", "Pendidikan", "Kesehatan", "Lingkungan"):
        AgreementFactory(
            office=nota.office,
            partner=PartnerFactory(
                office=nota.office, status="active", name=f"Dinas {name}"
            ),
            umbrella=nota,
            status="signed",
            title=f"PKS {name}",
        )
    return nota


def planned(agreement, days=10):
    at = timezone.now() + timedelta(days=days)
    return ActivityFactory(
        office=agreement.office,
        agreement=agreement,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        held_on=timezone.localdate(at),
        status="planned",
    )


def statuses(rows):
    return {row.title: row.status for row in rows}


def test_the_page_lists_all_that_would_end(sign_in, nota):
    activity = planned(nota.children.first())
    client = sign_in(person(Role.UNIT_HEAD, nota.office))

    page = client.get(reverse("agreements:terminate", args=[nota.pk])).text

    for text in ("PKS Sosial", "PKS Pendidikan", "PKS Kesehatan", "PKS Lingkungan"):
        assert text in page
    assert activity.title in page


def test_what_is_not_chosen_ends_and_what_is_chosen_stays(nota):
    head = person(Role.UNIT_HEAD, nota.office)
    kept, gone, *_others = nota.children.order_by("pk")
    of_kept, of_gone, also_kept = planned(kept), planned(gone), planned(nota)

    services.terminate(
        nota,
        by=head,
        reason="Bupati mengakhiri",
        paper=scan_of(head),
        keep_children=[kept.pk],
        keep_activities=[also_kept.pk],
    )

    kept.refresh_from_db()
    assert kept.status == Status.SIGNED
    assert nota.children.filter(status=Status.TERMINATED).count() == 3
    for activity in (of_kept, of_gone, also_kept):
        activity.refresh_from_db()
    assert (of_kept.status, of_kept.agreement) == ("planned", kept)
    assert (of_gone.status, of_gone.reason) == ("cancelled", "Bupati mengakhiri")
    assert (also_kept.status, also_kept.agreement) == ("planned", None)


def test_a_child_that_stays_is_not_suspended(nota):
    kept = nota.children.first()
    head = person(Role.UNIT_HEAD, nota.office)

    services.suspend(nota, by=head, reason="Pemeriksaan", keep_children=[kept.pk])

    kept.refresh_from_db()
    assert kept.status == Status.SIGNED
    assert nota.children.filter(status=Status.SUSPENDED).count() == 3


def test_what_fell_at_a_suspension_comes_back_when_it_is_resumed(sign_in, nota):
    head = person(Role.UNIT_HEAD, nota.office)
    off, alone, stays = (planned(nota, days=days) for days in (10, 20, 30))
    for each in (off, alone, stays):
        each.partners.add(nota.partner)
    shown = FallForm(user=head, record=nota)["keep_activities"].value()
    services.suspend(
        nota, by=head, reason="Pemeriksaan", keep_activities=[alone.pk, stays.pk]
    )
    client, step = sign_in(head), reverse("agreements:resume", args=[nota.pk])
    form = client.get(step).context["form"]
    listed = form["back_activities"].value()
    sent = {"revision": form["revision"].value(), "back_activities": [off.pk, alone.pk]}

    client.post(step, sent)

    assert shown == listed == [off.pk, alone.pk, stays.pk]
    for each in (off, alone, stays):
        each.refresh_from_db()
    assert (off.status, off.agreement) == ("planned", nota)
    assert (alone.status, alone.agreement) == ("planned", nota)
    assert (stays.status, stays.agreement) == ("planned", None)


def test_what_cannot_come_back_is_said_and_hinders_nothing(nota):
    head = person(Role.UNIT_HEAD, nota.office)
    activity = planned(nota)
    services.suspend(nota, by=head, reason="Pemeriksaan")
    activity.type.is_active = False
    activity.type.save()
    Agreement.objects.filter(pk=nota.pk).update(ends_on=timezone.localdate())

    words = services.resume(nota, by=head, back_activities=[activity.pk])

    nota.refresh_from_db()
    assert nota.status == Status.SIGNED
    assert "Tidak dapat dikembalikan" in words
    assert activity.title in words


def test_open_texts_under_an_ended_nota_are_dropped_or_stand_alone(nota):
    head = person(Role.UNIT_HEAD, nota.office)
    gone, kept = (
        AgreementFactory(office=nota.office, umbrella=nota, status=status)
        for status in ("draft", "legal_review")
    )

    services.terminate(
        nota, by=head, reason="Berakhir", paper=scan_of(head), keep_texts=[kept.pk]
    )

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert gone.status == Status.DROPPED
    assert (kept.status, kept.umbrella) == (Status.LEGAL_REVIEW, None)


def test_what_was_over_before_is_no_plan_that_falls(nota):
    activity = planned(nota, days=-3)
    head = person(Role.UNIT_HEAD, nota.office)

    services.suspend(nota, by=head, reason="Pemeriksaan")

    activity.refresh_from_db()
    assert activity.status == "planned"


@pytest.mark.parametrize("form_class", [FallForm, TerminateForm])
def test_nothing_falls_that_was_not_shown(nota, form_class):
    head = person(Role.UNIT_HEAD, nota.office)
    shown = form_class(user=head, record=nota)["listed"].value()
    planned(nota)

    form = form_class(
        {"reason": "Alasan", "listed": shown, "revision": "0"}, user=head, record=nota
    )

    assert not form.is_valid()
    assert "berubah sejak Anda membuka" in str(form.non_field_errors())


def test_a_kanwil_ends_what_its_units_planned_under_its_nota(sign_in):
    nota = AgreementFactory(office=RegionFactory(), kind="joint", status="signed")
    unit = UnitFactory(parent=nota.office)
    child = AgreementFactory(office=unit, umbrella=nota, status="signed")
    gone, kept = planned(child), planned(child, days=20)
    head = person(Role.REGIONAL_HEAD, nota.office)
    operator = person(Role.UNIT_OPERATOR, unit)
    step = reverse("agreements:suspend", args=[nota.pk])
    client = sign_in(head)
    shown = client.get(step)
    answers = {
        "reason": "Diperiksa",
        "keep_activities": [kept.pk],
        **{n: shown.context["form"][n].value() for n in ("listed", "revision")},
    }

    assert client.post(step, answers)["Location"] == nota.get_absolute_url()

    for each in (nota, child, gone, kept):
        each.refresh_from_db()
    assert (nota.status, child.status) == (Status.SUSPENDED, Status.SUSPENDED)
    assert (gone.status, gone.reason) == ("cancelled", "Diperiksa")
    assert (kept.status, kept.agreement) == ("planned", None)
    told = Notice.objects.filter(user=operator)
    assert {each.kind for each in told} >= {"activity.cancelled", "activity.detached"}
    assert Entry.objects.about(gone).get(action="activity.cancelled").actor == head


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.REGIONAL_HEAD])
def test_nobody_else_ends_what_a_kanwil_agreed_on(sign_in, role):
    nota = AgreementFactory(office=RegionFactory(), kind="joint", status="signed")
    unit = UnitFactory(parent=nota.office)
    activity = planned(AgreementFactory(office=unit, umbrella=nota, status="signed"))
    stranger = person(role, unit if role == Role.UNIT_HEAD else None)

    client = sign_in(stranger)
    client.post(
        reverse("agreements:suspend", args=[nota.pk]), {"reason": "Tidak berwenang"}
    )

    nota.refresh_from_db()
    activity.refresh_from_db()
    assert (nota.status, activity.status) == (Status.SIGNED, "planned")


def test_a_kanwil_head_does_not_cancel_a_units_activity_by_itself(sign_in):
    activity = planned(AgreementFactory(status="signed"))
    head = person(Role.REGIONAL_HEAD, activity.office.region)

    response = sign_in(head).post(
        reverse("outreach:cancel", args=[activity.pk]), {"reason": "Tidak perlu"}
    )

    assert response.status_code == 403


def test_the_history_tells_that_it_was_resumed_not_signed_again(nota):
    head = person(Role.REGIONAL_HEAD, nota.office)
    services.suspend(nota, by=head, reason="Pemeriksaan")

    services.resume(nota, by=head)

    last = Entry.objects.about(nota).order_by("-pk").first()
    assert last.action == "agreement.resumed"
    assert str(phrase(last.action)) == "melanjutkan kerja sama"
