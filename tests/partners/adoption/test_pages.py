"""From the list of likely same partners to a partner of one's own."""

import pytest
from django.core import signing
from django.urls import reverse

from partners.known.sight import CHOSEN
from partners.models import Partnership
from pokmas.accounts.roles import Role
from tests.factories import FieldFactory, PartnershipFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
SECRETS = {
    "contact_name": "Narahubung Sana",
    "email": "sana@contoh.test",
    "services": "Layanan sana",
}


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR, UnitFactory())


@pytest.fixture
def there():
    return PartnershipFactory(status="active", name="Yayasan Sukma Jaya", **SECRETS)


def answers(operator, form):
    return {
        "office": operator.acting.office_id,
        "contact_name": "Narahubung Sini",
        "phone": "0812 9999 0000",
        "fields": [FieldFactory().pk],
        "services": "Layanan sini",
        "submission_key": form["submission_key"].value(),
        "revision": 0,
    }


def test_it_goes_from_the_search_to_a_partner_of_the_unit(sign_in, operator, there):
    client = sign_in(operator)
    found = client.get(reverse("partners:seek"), {"name": "yys soekma djaja"})
    url = found.context["found"][0].propose_url
    page = client.get(url)

    client.post(url, answers(operator, page.context["form"]))

    made = Partnership.objects.get(office=operator.acting.office)
    head = sign_in(person(Role.UNIT_HEAD, operator.acting.office))
    head.post(reverse("partners:adopt", args=[made.pk]), {"revision": made.revision})
    made.refresh_from_db()
    assert url in found.text
    assert [word for word in SECRETS.values() if word in page.text] == []
    assert (made.partner, made.status) == (there.partner, "approved")
    assert made.contact_name == "Narahubung Sini"


def test_a_link_that_no_list_made_leads_nowhere(sign_in, operator, there):
    client = sign_in(operator)
    made_up = [str(there.partner_id), signing.dumps(there.partner_id)]

    urls = [reverse("partners:propose", args=[sign]) for sign in made_up]

    assert [client.get(url).status_code for url in urls] == [404, 404]


def test_what_cannot_be_adopted_is_refused_before_anything_is_typed(
    sign_in, operator, there
):
    Partnership.objects.filter(pk=there.pk).update(status="suspended", reason="Rahasia")
    sign = signing.dumps(there.partner_id, salt=CHOSEN)

    page = sign_in(operator).get(reverse("partners:propose", args=[sign]), follow=True)

    assert "tidak dapat dijadikan mitra unit lain" in page.text
    assert "Rahasia" not in page.text
    assert "Ditangguhkan" not in page.text


def test_what_was_typed_stays_when_it_is_refused(sign_in, operator, there):
    client = sign_in(operator)
    url = reverse(
        "partners:propose", args=[signing.dumps(there.partner_id, salt=CHOSEN)]
    )
    sent = answers(operator, client.get(url).context["form"])
    Partnership.objects.filter(pk=there.pk).update(status="suspended", reason="Rahasia")

    page = client.post(url, sent)

    assert "tidak dapat dijadikan mitra unit lain" in page.text
    assert "Layanan sini" in page.text


def test_a_partner_of_the_own_unit_is_not_offered(sign_in, operator, there):
    PartnershipFactory(
        partner=there.partner, office=operator.acting.office, status="active"
    )

    found = sign_in(operator).get(reverse("partners:seek"), {"name": "sukma jaya"})

    assert [sight.propose_url for sight in found.context["found"]] == [""]
