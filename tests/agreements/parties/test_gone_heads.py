"""Who signs for an office that was merged since: said on the page, and told once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agreements.drafting import services as drafting
from agreements.models import Agreement
from agreements.parties import services
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import AgreementFactory, RegionFactory, UnitFactory, person
from tests.pokmas.offices.changes import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory()


@pytest.fixture
def successor(region):
    return UnitFactory(parent=region, name="Bapas Kupang Barat", head_name="Siti Uji")


@pytest.fixture
def gone(region):
    return UnitFactory(parent=region, name="Bapas Kupang")


@pytest.fixture
def operator(successor):
    return person(Role.UNIT_OPERATOR, successor)


def agreed(office, status, **more):
    days = {"starts_on": office.today, "ends_on": office.today + timedelta(300)}
    position = f"Kepala {office.name}"
    return AgreementFactory(
        **{"office": office, "status": status, "our_position": position, **days} | more
    )


def merged(gone, successor):
    decide(gone, "merge", other=successor, on=gone.today)


def said_on(client, agreement) -> str:
    return client.get(agreement.get_absolute_url()).text


@pytest.mark.parametrize(
    ("status", "what_to_do"),
    [
        ("draft", "Ubah penanda tangan dan jabatannya"),
        ("ready_to_sign", "kembalikan dahulu ke pembahasan"),
        ("signed", "tuangkan dengan adendum"),
    ],
)
def test_the_page_says_that_the_office_is_gone_and_what_to_do(
    sign_in, gone, successor, operator, status, what_to_do
):
    agreement = agreed(gone, status)
    own = agreed(successor, status)
    client = sign_in(operator)
    assert "sudah digabung ke" not in said_on(client, own)

    merged(gone, successor)

    page = said_on(client, agreement)
    assert "Bapas Kupang sudah digabung ke Bapas Kupang Barat" in page
    assert what_to_do in page
    assert "sudah digabung ke" not in said_on(client, own)


def test_whoever_goes_on_for_it_is_told_once_with_the_list(
    sign_in, gone, successor, operator
):
    draft, signed = agreed(gone, "draft"), agreed(gone, "signed")
    own = agreed(successor, "draft")
    past = {"starts_on": date(2020, 1, 1), "ends_on": date(2021, 1, 1)}
    over = agreed(gone, "signed", signed_on=date(2020, 1, 1), **past)
    services.tell_of_gone_heads()
    assert not Notice.objects.filter(kind="agreement.gone_head").exists()
    merged(gone, successor)

    services.tell_of_gone_heads()
    services.tell_of_gone_heads()

    [notice] = Notice.objects.filter(kind="agreement.gone_head", user=operator)
    assert notice.title == "2 kerja sama masih menyebut kepala Bapas Kupang"
    assert {draft.title, signed.title} <= {*notice.body[:-1].split(": ")[1].split("; ")}
    listed = sign_in(operator).get(notice.url).text
    for each, is_listed in ((draft, True), (signed, True), (own, False), (over, False)):
        assert (f'"{each.get_absolute_url()}"' in listed) == is_listed


def test_once_the_data_are_changed_nothing_is_said(sign_in, gone, successor, operator):
    agreement = agreed(gone, "draft")
    merged(gone, successor)
    client = sign_in(operator)
    assert list(Agreement.objects.of_gone_heads()) == [agreement]

    page = reverse("agreements:change", args=[agreement.pk])
    form = client.get(page).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"our_position": "Kepala Bapas Kupang Barat"}
    said |= {name: f"{said[name]:%d-%m-%Y}" for name in ("starts_on", "ends_on")}
    client.post(page, said)

    assert not Agreement.objects.of_gone_heads().exists()
    assert "sudah digabung ke" not in said_on(client, agreement)


def test_what_goes_on_from_it_is_signed_for_the_successor(gone, successor):
    agreement = agreed(gone, "signed")
    merged(gone, successor)
    agreement.refresh_from_db()

    made = drafting.copy_of(agreement, renews=agreement)

    assert (made.our_signatory, made.our_position) == (
        "Siti Uji",
        "Kepala Bapas Kupang Barat",
    )
