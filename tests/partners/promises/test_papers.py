"""What a volunteer promised, frozen with a code for whoever holds the paper."""

from datetime import date

import pytest
from django.urls import reverse

from partners.models import Promise, Volunteer
from partners.promises import services as promises
from partners.volunteers import services
from partners.volunteers.first import VOLUNTEER
from partners.volunteers.papers import VolunteersPromise
from pokmas.accounts.models import ConsentText
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from tests.factories import VolunteerFactory, person, volunteer_of
from tests.pokmas.papers.reading import squeezed, text_of_pdf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("storage"),
]
Status = IssuedDocument.Status


def submitted() -> Volunteer:
    user = volunteer_of(status="draft")
    volunteer = user.volunteers.get()
    services.submit(
        volunteer,
        promise=Promise.objects.last(),
        consent=ConsentText.objects.newest(VOLUNTEER),
        by=user,
    )
    return volunteer


def papers_of(volunteer):
    papers = IssuedDocument.objects.of(volunteer).order_by("version")
    return list(papers.filter(kind=VolunteersPromise.kind))


def made(volunteer) -> IssuedDocument:
    issued = papers_of(volunteer)[-1]
    jobs.run(issued.job_id)
    issued.refresh_from_db()
    return issued


def newer() -> Promise:
    return Promise.objects.create(
        title="Janji", text="Naskah yang lain.", valid_from=date(2026, 2, 1)
    )


@pytest.mark.printing
def test_it_says_what_was_promised_by_whom_and_when():
    volunteer = submitted()

    issued = made(volunteer)

    text = text_of_pdf(issued.file.read(), issued)
    assert issued.status == Status.VALID
    assert squeezed(volunteer.name) in text
    assert squeezed(volunteer.reference) in text
    assert squeezed("menghormati martabat setiap warga binaan") in text


@pytest.mark.printing
def test_it_is_reached_by_himself_and_by_the_unit_and_checked_by_anybody(
    sign_in, client
):
    volunteer = submitted()
    code = made(volunteer).code
    operator = person(Role.UNIT_OPERATOR, volunteer.office)
    pages = [
        sign_in(user).get(volunteer.get_absolute_url()).text
        for user in (volunteer.user, operator)
    ]
    client.logout()

    check = client.get(reverse("documents:check"), {"code": code}, follow=True).text

    assert [code in page for page in pages] == [True, True]
    assert "Janji Sahabat Pemasyarakatan" in check


@pytest.mark.printing
def test_a_new_wording_gives_another_paper_in_its_place():
    volunteer = submitted()
    first = made(volunteer)
    services.accept(volunteer, by=person(Role.UNIT_HEAD, volunteer.office))

    promises.promise(volunteer, promise=newer(), by=volunteer.user)
    second = made(volunteer)

    first.refresh_from_db()
    assert (first.status, second.status) == (Status.REPLACED, Status.VALID)
    assert squeezed("Naskah yang lain.") in text_of_pdf(second.file.read(), second)


def test_who_hands_in_again_gets_no_second_paper():
    volunteer = submitted()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)
    services.return_for_repair(volunteer, reason="Perbaiki.", by=operator)

    services.submit(
        volunteer,
        promise=volunteer.promise,
        consent=volunteer.consent,
        by=volunteer.user,
    )

    assert len(papers_of(volunteer)) == 1


@pytest.mark.printing
@pytest.mark.parametrize("end", ["decline", "withdraw", "end", "leave"])
def test_when_it_is_over_no_paper_is_valid(end):
    volunteer = submitted()
    issued = made(volunteer)
    head = person(Role.UNIT_HEAD, volunteer.office)
    if end in {"end", "leave"}:
        services.accept(volunteer, by=head)
    by = head if end in {"decline", "end"} else volunteer.user
    reason = {} if end == "withdraw" else {"reason": "Selesai."}

    getattr(services, end)(volunteer, by=by, **reason)

    issued.refresh_from_db()
    assert issued.status == Status.WITHDRAWN
    assert VolunteersPromise().refusal(volunteer)


def test_what_ended_while_it_was_made_is_not_kept():
    volunteer = submitted()
    services.withdraw(volunteer, by=volunteer.user)

    issued = made(volunteer)

    assert issued.status == Status.WITHDRAWN


def test_an_older_volunteer_may_ask_for_it(sign_in):
    volunteer = VolunteerFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, volunteer.office))

    client.post(reverse("papers:ask", args=[VolunteersPromise.kind, volunteer.pk]))

    [issued] = papers_of(volunteer)
    assert issued.holder == volunteer.name
