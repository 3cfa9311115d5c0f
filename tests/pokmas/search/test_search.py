"""One box for all that a person may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.documents.models import DocumentText
from pokmas.search.finding import everything
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    DocumentFactory,
    PartnerFactory,
    ReportFactory,
    RepresentativeFactory,
    UnitFactory,
    VolunteerFactory,
    person,
)

pytestmark = pytest.mark.django_db
URL = reverse("search:index")
QUERIES = 12


def found(user, text) -> dict[str, list[str]]:
    """Kind → the titles of its lines."""
    return {
        each.kind.name: [line.title for line in each.lines]
        for each in everything(user, text)
    }


@pytest.fixture
def unit():
    return UnitFactory(name="Bapas Melati")


@pytest.fixture
def records(unit):
    """One record of each kind in which the word occurs."""
    partner = PartnerFactory(office=unit, status="active", name="Yayasan Melati")
    CommunityGroupFactory(office=unit, name="Pokmas Melati")
    VolunteerFactory(office=unit, name="Kuntum Melati")
    AgreementFactory(office=unit, partner=partner, title="PKS pelatihan")
    ActivityFactory(office=unit, title="Senam Melati", partners=[partner])
    ReportFactory(office=unit)
    person(Role.AMBASSADOR, unit, full_name="Melati Uji")
    return partner


EVERYTHING = {
    "partners": ["Yayasan Melati"],
    "groups": ["Pokmas Melati"],
    "volunteers": ["Kuntum Melati"],
    "agreements": ["PKS pelatihan"],
    "activities": ["Senam Melati"],
    "reports": ["September 2026"],
    "people": ["Melati Uji"],
    "offices": ["Bapas Melati"],
}


@pytest.mark.parametrize("text", ["melati", "Melati", "Ibu Melati, S.H.", "mealti"])
def test_a_head_of_unit_finds_all_kinds_by_one_word(records, unit, text):
    head = person(Role.UNIT_HEAD, unit)

    lines = found(head, text)

    if text.startswith("Ibu"):  # titles do not count where people may be named
        units = {"reports", "offices"}
        assert lines == {
            kind: titles for kind, titles in EVERYTHING.items() if kind not in units
        }
    else:
        assert lines == EVERYTHING


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.HEADQUARTERS, set(EVERYTHING)),
        (Role.REGIONAL_HEAD, set(EVERYTHING)),
        (Role.UNIT_OPERATOR, set(EVERYTHING) - {"people"}),
        (Role.VOLUNTEER, {"activities"}),
    ],
)
def test_each_role_finds_what_it_may_list(records, unit, role, kinds):
    office = {
        Role.HEADQUARTERS: unit.region.parent,
        Role.REGIONAL_HEAD: unit.region,
    }.get(role, unit)

    user = person(role, office)
    if role == Role.VOLUNTEER:
        VolunteerFactory(office=unit, user=user)

    assert set(found(user, "melati")) == kinds


def test_a_partner_finds_his_own(records, unit):
    row = RepresentativeFactory(partner=records)
    PartnerFactory(office=unit, status="active", name="Melati Lain")

    lines = found(row.user, "melati")

    assert lines == {
        "partners": ["Yayasan Melati"],
        "activities": ["Senam Melati"],
    }


@pytest.mark.parametrize("role", Role)
def test_a_stranger_finds_nothing_of_another_unit(records, role):
    if role == Role.HEADQUARTERS:
        return
    assert found(person(role), "melati") == {}


def test_nobody_acting_finds_nothing(records, sign_in):
    user = person(Role.UNIT_OPERATOR)
    user.assignments.update(starts_on="2999-01-01")

    page = sign_in(user).get(URL, {"q": "melati"})

    assert page.context["found"] == []


def test_five_are_shown_and_the_rest_is_in_the_list(unit, sign_in):
    PartnerFactory.create_batch(7, office=unit, name="Yayasan Mawar & Anak")
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = client.get(URL, {"q": "mawar & anak"})

    (partners,) = page.context["found"]
    assert (len(partners.lines), partners.more_text) == (5, "Semua 7")
    assert partners.url == f"{reverse('partners:index')}?q=mawar+%26+anak"
    assert len(client.get(partners.url).context["page"]) == 7


@pytest.mark.parametrize("text", ["", " ", "x", "\0", "%", "(", "' OR 1=1", "😀" * 90])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(records, unit, sign_in, text):
    client = sign_in(person(Role.HEADQUARTERS, unit.region.parent))

    page = client.get(URL, {"q": text})

    assert (page.status_code, page.context["found"]) == (200, [])


def test_what_was_typed_stays_text(sign_in):
    page = sign_in(person(Role.UNIT_OPERATOR)).get(URL, {"q": "<script>melati"})

    assert "<script>melati" not in page.content.decode()
    assert 'value="&lt;script&gt;melati"' in page.content.decode()


@pytest.mark.parametrize("text", ["melati", "mealti", "nirwana"])
def test_a_search_over_everything_costs_a_few_queries(records, unit, sign_in, text):
    client = sign_in(person(Role.UNIT_HEAD, unit))
    client.get(URL)

    with CaptureQueriesContext(connection) as queries:
        client.get(URL, {"q": text})

    assert len(queries) <= QUERIES


def test_the_box_stands_in_the_header_and_the_page_in_the_menu(sign_in):
    page = sign_in(person(Role.UNIT_OPERATOR)).get(reverse("partners:index"))

    text = page.content.decode()
    assert f'<form class="site-search" action="{URL}" role="search">' in text
    assert f'<a class="menu-item" href="{URL}">' in text


def test_the_kind_whose_titles_fit_best_comes_first(sign_in):
    unit = UnitFactory(name="Bapas Kelas II Kupang")
    PartnerFactory(office=unit, name="Yayasan Andai Harapan Kupang Bapas")
    head = person(Role.UNIT_HEAD, unit)

    for text in ("Bapas Kupang", "Bapas Kupnag"):
        assert list(found(head, text)) == ["offices", "partners"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("yohanis", "Nama pimpinan: Yohanis Uji"),
        ("tunas yohanis", "Nama pimpinan: Yohanis Uji"),
        ("AHU-77", "Nomor badan hukum atau NIB: AHU-77"),
        ("tunas", ""),
    ],
)
def test_a_line_says_what_else_of_the_record_fits(unit, text, fits):
    PartnerFactory(
        office=unit,
        name="Yayasan Tunas",
        leader_name="Yohanis Uji",
        registration_number="AHU-77",
    )

    (partners,) = everything(person(Role.UNIT_HEAD, unit), text)

    assert [line.fits for line in partners.lines] == [fits]


def test_a_number_that_was_looked_for_is_shown(unit, sign_in):
    AgreementFactory(office=unit, title="PKS jahit", our_number="W.22-1")
    client = sign_in(person(Role.UNIT_HEAD, unit))

    page = client.get(URL, {"q": "22-1"})

    (agreements,) = page.context["found"]
    (line,) = agreements.lines
    assert line.fits.endswith(": W.22-1")
    assert line.fits.partition(":")[0] in page.content.decode()


@pytest.mark.parametrize("text", ["Bapak Melati", "Dr. Melati, S.H.", "IBU MELATI"])
@pytest.mark.parametrize(
    "factory", [PartnerFactory, CommunityGroupFactory, ActivityFactory]
)
def test_a_list_is_searched_without_titles_like_the_portal(factory, text):
    name = "title" if factory is ActivityFactory else "name"
    row = factory(**{name: "Rumah Melati"})
    factory(**{name: "Rumah Kenanga"})

    assert list(type(row).objects.search(text)) == [row]


def test_a_hit_in_a_scan_says_so(unit):
    scan = DocumentFactory()
    DocumentText.objects.create(document=scan, text="budidaya hidroponik")
    AgreementFactory(office=unit, title="PKS sayur", status="signed", scan=scan)

    (agreements,) = everything(person(Role.UNIT_HEAD, unit), "hidroponik")

    assert [line.fits for line in agreements.lines] == [
        "ditemukan dalam pindaian naskahnya"
    ]
