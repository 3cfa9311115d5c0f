"""The papers asked of a partner: there, missing, out of date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from partners.kinds.models import Level
from partners.models import RequiredPaper
from partners.registry import legal
from partners.registry.lapsing import tell_of_lapsing_papers
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    LegalPaperFactory,
    PartnerKindFactory,
    PartnershipFactory,
    RepresentativeFactory,
    RequiredPaperFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def law_firm():
    """Of a kind that hands in one paper before it signs, which expires."""
    return PartnershipFactory(kind=PartnerKindFactory(code="legal_aid"))


def test_what_is_missing_says_which_step_waits_for_it():
    partnership = PartnershipFactory(kind=PartnerKindFactory(code="foundation"))

    found = [
        (str(each.required), each.status, str(each.waits))
        for each in legal.standings(partnership)
    ]

    assert found == [
        ("Akta pendirian", "Belum ada", "Diperlukan sebelum disetujui"),
        ("SK AHU", "Belum ada", "Diperlukan sebelum menandatangani kerja sama"),
    ]


def test_nobody_is_asked_for_a_paper_that_shows_a_person():
    assert not RequiredPaper.objects.filter(kind__is_person=True).exists()


@pytest.mark.parametrize(
    ("level", "names"),
    [
        (Level.SEEN, []),
        (Level.VETTED, ["Akta pendirian"]),
        (Level.SIGNED, ["Akta pendirian", "SK AHU"]),
    ],
)
def test_a_later_step_waits_for_what_earlier_ones_wait_for_too(level, names):
    partnership = PartnershipFactory(kind=PartnerKindFactory(code="foundation"))

    assert [paper.name for paper in legal.lacking(partnership, level)] == names


@pytest.mark.parametrize(
    ("days", "status", "is_lacking"),
    [
        (-1, "Habis masa berlakunya", True),
        (0, "Segera habis", False),
        (30, "Segera habis", False),
        (31, "Ada", False),
    ],
)
def test_a_paper_holds_through_its_last_day(law_firm, days, status, is_lacking):
    LegalPaperFactory(
        partnership=law_firm,
        required=RequiredPaper.objects.get(kind=law_firm.partner.kind),
        expires_on=TODAY + timedelta(days=days),
    )

    [found] = legal.standings(law_firm)

    assert (found.status, found.is_lacking) == (status, is_lacking)


def test_the_newest_of_a_paper_counts(law_firm):
    required = RequiredPaper.objects.get(kind=law_firm.partner.kind)
    for until in (date(2026, 1, 1), date(2029, 1, 1)):
        LegalPaperFactory(partnership=law_firm, required=required, expires_on=until)

    assert legal.lacking(law_firm, Level.SIGNED) == []


def test_a_paper_that_is_asked_for_no_more_blocks_nothing(law_firm):
    RequiredPaper.objects.update(is_active=False)

    legal.refuse_lacking(law_firm, Level.SIGNED)

    assert legal.standings(law_firm) == []


def test_a_step_that_waits_names_the_papers(law_firm):
    with pytest.raises(ValidationError, match="Surat akreditasi"):
        legal.refuse_lacking(law_firm, Level.SIGNED)


@pytest.fixture
def told():
    """Runs the daily task; who was told what."""

    def run(days, status="active"):
        row = RepresentativeFactory(
            partner__kind=PartnerKindFactory(code="legal_aid"), partner__status=status
        )
        operator = person(Role.UNIT_OPERATOR, row.partnership.office)
        LegalPaperFactory(
            partnership=row.partnership,
            required=RequiredPaperFactory(
                kind=row.partner.kind, name="Surat akreditasi"
            ),
            expires_on=TODAY + timedelta(days=days),
        )
        for _turn in range(2):
            tell_of_lapsing_papers()
        names = {row.user: "mitra", operator: "operator"}
        return {
            (names[notice.user], notice.kind.partition(".")[2])
            for notice in Notice.objects.filter(kind__startswith="partnership.paper")
        }

    return run


@pytest.mark.parametrize(
    ("days", "what"),
    [(-3, "paper_lapsed"), (0, "paper_lapsing"), (30, "paper_lapsing")],
)
def test_both_sides_are_told_once_that_a_paper_ends(told, days, what):
    assert told(days) == {("mitra", what), ("operator", what)}
    assert Notice.objects.filter(kind=f"partnership.{what}").count() == 2


@pytest.mark.parametrize(("days", "status"), [(31, "active"), (5, "ended")])
def test_nobody_is_told_too_early_or_when_it_is_over(told, days, status):
    assert told(days, status) == set()
