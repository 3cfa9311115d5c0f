"""A programme begun, judged into its implementation, with an activity that counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from outreach.models import Activity, Programme, ProgrammeActivity
from outreach.programmes import services
from outreach.programmes.models import Phase
from pokmas.accounts.roles import Role
from pokmas.words import dates
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    PartnershipFactory,
    person,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Status = Programme.Status


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_a_programme_is_made_its_activity_bound_and_its_figures_seen(visit):
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    head = person(Role.UNIT_HEAD, unit)
    partner = PartnershipFactory(office=unit, status="active").partner
    ActivityTypeFactory()
    day = unit.today

    officer = visit(operator).open(reverse("outreach:programme_index"))
    officer.sees("Program mandiri").fits().follow("Mulai program").fits()
    officer.tick("partner", partner.pk)
    officer.fill(title="Bengkel kerja", problem="Klien sulit mendapat pekerjaan.")
    officer.press("Mulai program").sees("Sekarang isi fase pertama.").fits()
    programme = Programme.objects.get()

    officer.follow("Isi fase ini").fits()
    officer.fill(
        owner="Orang Uji",
        due_on=dates.date_short(day + timedelta(days=30)),
        text="Bengkel dua kali sebulan.",
    )
    officer.press("Ajukan untuk disetujui").sees("Fase diajukan untuk disetujui.")

    judge = visit(head)
    judge.open(reverse("outreach:programme_judge", args=[programme.pk])).fits()
    judge.sees("Bengkel dua kali sebulan.")
    judge.tick("verdict", Status.WRITING).press("Simpan keputusan")
    judge.sees("Penilaian Anda tersimpan.").fits()

    programme.refresh_from_db()
    for more in ({}, {"starts_on": day, "ends_on": day + timedelta(days=60)}):
        services.write(
            programme,
            by=operator,
            **{"owner": "Orang Uji", "due_on": day, "text": "Rencana."} | more,
        )
        services.judge(programme, verdict=Status.WRITING, by=head)
    assert programme.phase == Phase.IMPLEMENTATION

    activities = f"{programme.get_absolute_url()}?tab=activities"
    officer.open(activities).follow("Catat kegiatan program ini").fits()
    chosen = "[name='programme']:checked, select[name='programme']"
    bound = officer.page.locator(chosen)
    assert bound.input_value() == str(programme.pk)

    held = bound_activity(programme, operator)
    Activity.objects.filter(pk=held.pk).update(status="verified")
    officer.open(activities).sees(held.title).fits()
    figure = officer.page.get_by_text("yang sudah diverifikasi").first
    assert "12" in figure.inner_text()


def bound_activity(programme, by):
    """Held within it, with twelve people."""
    held = ActivityFactory(
        office=programme.office,
        status="reported",
        partners=[programme.partner],
        counts={("adult_client", "male"): 12},
        created_by=by,
    )
    ProgrammeActivity.objects.create(programme=programme, activity=held)
    return held
