from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement
from pokmas.documents.models import DocumentText
from tests.agreements.factories import AgreementFactory
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "menjahit",
        "w.22.ot-7",
        "w 22 ot 7",
        "B-17/YHB",
        "harapan bangsa",
        "Yayasan Harapna",
        "mnejahit",
        "Bapak Magdalena",
        "Ibu Magdalena Uji, S.H.",
    ],
)
def test_an_agreement_is_found_by_title_numbers_and_partner(text):
    found = AgreementFactory(
        title="PKS pelatihan menjahit",
        our_number="W.22.OT-7",
        partner_number="B-17/YHB",
        partner__name="Yayasan Harapan Bangsa",
        partner__leader_name="Magdalena Uji",
    )
    AgreementFactory(title="PKS las listrik", partner__name="Bengkel Maju")

    assert list(Agreement.objects.search(text)) == [found]


@pytest.mark.parametrize(("most", "count", "is_common"), [(10, 3, False), (1, 2, True)])
def test_what_papers_say_is_asked_unless_titles_say_it_often(
    monkeypatch, most, count, is_common
):
    monkeypatch.setattr("agreements.register.models.MOST", most)
    AgreementFactory.create_batch(2, title="PKS pelatihan menjahit")
    scan = DocumentFactory()
    DocumentText.objects.create(document=scan, text="Kelas menjahit tiap Senin.")
    AgreementFactory(title="PKS keterampilan", scan=scan)

    found = Agreement.objects.search("menjahit")

    assert (found.count(), found.are_many) == (count, is_common)


@pytest.mark.parametrize("validity", Agreement.VALIDITY)
def test_a_validity_is_asked_for_as_it_is_shown(validity):
    today = timezone.localdate()
    for starts, ends in [(-400, -1), (-400, 0), (-9, 90), (-9, 91), (0, 300), (1, 300)]:
        AgreementFactory(
            status="signed",
            signed_on=today - timedelta(days=400),
            starts_on=today + timedelta(days=starts),
            ends_on=today + timedelta(days=ends),
        )
    AgreementFactory(status="draft")
    AgreementFactory(
        status="signed", renews=Agreement.objects.get(ends_on=today - timedelta(days=1))
    )
    over = {
        "starts_on": today - timedelta(days=400),
        "ends_on": today - timedelta(days=2),
    }
    AgreementFactory(status="signed", signed_on=over["starts_on"], **over)

    asked = Agreement.objects.of_validity(validity)

    # What expires soon is in force until then.
    told = ["in_force", "expiring"] if validity == "in_force" else [validity]
    shown = Agreement.objects.with_validity().filter(validity__in=told)
    assert set(asked) == set(shown) != set()
