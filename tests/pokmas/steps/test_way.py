"""The line of statuses at the top of a record's page."""

import pytest

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import CommunityGroup, Partnership
from pokmas.steps.way import way_of
from reports.models import Report


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (
            Agreement(status="legal_review"),
            "✓Draf ✓Pembahasan ●Telaah Siap tanda tangan Ditandatangani",
        ),
        (
            Partnership(status="returned"),
            "✓Draf ●Perlu perbaikan Diajukan Diverifikasi Disetujui Aktif",
        ),
        (
            Partnership(status="suspended"),
            "✓Draf ✓Diajukan ✓Diverifikasi ✓Disetujui ✓Aktif ●Ditangguhkan",
        ),
        (Partnership(status="declined"), "✓Draf ✓Diajukan ✓Diverifikasi ●Ditolak"),
        (Activity(status="planned"), "●Rencana Dilaporkan Diverifikasi Dikunci"),
        (Activity(status="cancelled"), "✓Rencana ●Dibatalkan"),
    ],
)
def test_the_way_shows_what_lies_behind_and_ahead(record, line):
    shown = [
        f"{'●' if each.is_here else '✓' if each.is_behind else ''}{each.label}"
        for each in way_of(record)
    ]

    assert " ".join(shown) == line


@pytest.mark.parametrize(
    "record",
    [
        model(status=status)
        for model in (Agreement, Partnership, CommunityGroup, Activity, Report)
        for status in model.Status.values
    ],
    ids=lambda record: f"{record._meta.model_name}-{record.status}",
)
def test_every_status_has_its_place_on_the_way_or_shows_none(record):
    here = [each for each in way_of(record) if each.is_here]

    assert len(here) == 1 or (here == [] and way_of(record) == [])
