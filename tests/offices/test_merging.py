"""What a merger does to the records of the apps above."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import CommunityGroup, Partner
from pokmas.offices import reorganisation
from reports.models import Report
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    PartnerFactory,
    ReportFactory,
    UnitFactory,
)
from tests.offices.changes import change_of, decide

pytestmark = pytest.mark.django_db


def test_unfinished_records_go_to_the_successor_and_finished_ones_stay():
    office, successor = UnitFactory.create_batch(2)
    PartnerFactory(office=office, status="active")
    ended = PartnerFactory(office=office, status="ended")
    CommunityGroupFactory(office=office, status="active")
    AgreementFactory(office=office, status="discussion")
    planned = ActivityFactory(office=office, status="planned")
    verified = ActivityFactory(office=office, status="verified")
    report = ReportFactory(office=office, month=date(2026, 8, 1))

    change = decide(office, "merge", other=successor, on=office.today)

    assert "1 kegiatan yang belum selesai pindah." in change.effects
    here = {
        model: set(model.objects.filter(office=office))
        for model in (Partner, CommunityGroup, Agreement, Activity, Report)
    }
    assert here == {
        Partner: {ended},
        CommunityGroup: set(),
        Agreement: set(),
        Activity: {verified},
        Report: {report},
    }
    planned.refresh_from_db()
    assert (planned.office, planned.region_id) == (successor, successor.region_id)
    branch = Activity.objects.under(successor)
    assert set(branch) == {planned, verified}


def test_what_clashes_at_the_successor_is_named():
    office, successor = UnitFactory.create_batch(2)
    for each in (office, successor):
        CommunityGroupFactory(office=each, name="Pokmas Melati", status="active")

    with pytest.raises(ValidationError, match="nama atau nomor yang sama"):
        reorganisation.rehearse(change_of(office, "merge", other=successor))

    assert CommunityGroup.objects.filter(office=office).exists()
