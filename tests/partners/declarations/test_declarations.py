"""The applicant answers each declaration by itself, and it stays as he read it."""

import io
import re

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from partners.declarations.papers import PartnersDeclaration
from partners.models import Declaration, DeclarationAnswer, Partnership
from partners.registration import services as registration
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.reference import services as reference
from tests.factories import (
    DeclarationAnswerFactory,
    DeclarationFactory,
    HeadquartersFactory,
    PartnershipFactory,
    RepresentativeFactory,
    declared_today,
    person,
    ticks,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


@pytest.fixture
def draft():
    return RepresentativeFactory(
        partner__is_self_registered=True, partner__name="Yayasan Uji"
    )


def check(partnership):
    return reverse("partners:check", args=[partnership.pk])


def paper_of(partnership) -> IssuedDocument:
    papers = IssuedDocument.objects.of(partnership)
    return papers.filter(kind=PartnersDeclaration.kind).latest("version")


def made(partnership) -> IssuedDocument:
    """The paper, once the worker was there."""
    jobs.run(paper_of(partnership).job_id)
    return paper_of(partnership)


def text(issued) -> str:
    with issued.file.open() as file:
        pages = pypdf.PdfReader(io.BytesIO(file.read())).pages
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


# Which wording is asked


def test_the_portal_begins_with_three_declarations():
    assert [str(each) for each in declared_today()] == [
        "Pakta integritas",
        "Tidak ada pungutan",
        "Persetujuan pemrosesan data pribadi",
    ]


@pytest.fixture
def on_its_own():
    """No other declarations than those of the test."""
    Declaration.objects.update(is_active=False)


@pytest.mark.usefixtures("on_its_own")
def test_a_newer_wording_takes_the_place_of_the_older_from_its_day_on():
    old = DeclarationFactory(title="Pakta", valid_from="2026-01-01")
    new = DeclarationFactory(title="pakta", valid_from="2026-03-01")

    asked = [
        list(Declaration.objects.holding(day))
        for day in ("2025-12-31", "2026-02-28", "2026-03-01")
    ]

    assert asked == [[], [old], [new]]


@pytest.mark.usefixtures("on_its_own")
def test_what_has_ended_is_asked_no_more_though_an_older_wording_had_no_end():
    DeclarationFactory(title="Pakta", valid_from="2026-01-01")
    DeclarationFactory(title="Pakta", valid_from="2026-03-01", valid_until="2026-03-31")

    assert list(Declaration.objects.holding("2026-04-01")) == []


@pytest.mark.parametrize("name", ["title", "text", "valid_from"])
def test_a_wording_in_force_is_not_changed_but_may_end(name):
    headquarters = person(Role.HEADQUARTERS, HeadquartersFactory())
    row = DeclarationFactory()
    other = {
        "title": "Lain",
        "text": "Lain",
        "valid_from": row.valid_from.replace(2027),
    }
    setattr(row, name, other[name])

    with pytest.raises(ValidationError, match="sudah berlaku") as refusal:
        reference.change(row, revision=0, fields=[name], by=headquarters)

    assert set(refusal.value.message_dict) == {name}
    row = Declaration.objects.get(pk=row.pk)
    row.valid_until = row.valid_from.replace(2030)
    reference.change(row, revision=0, fields=["valid_until"], by=headquarters)
    assert Declaration.objects.get(pk=row.pk).valid_until == row.valid_until


def test_a_wording_to_come_may_still_be_changed():
    headquarters = person(Role.HEADQUARTERS, HeadquartersFactory())
    row = DeclarationFactory(valid_from="9999-01-01")
    row = Declaration.objects.get(pk=row.pk)
    row.text = "Lain"

    reference.change(row, revision=0, fields=["text"], by=headquarters)

    assert Declaration.objects.get(pk=row.pk).text == "Lain"


def test_the_database_keeps_what_was_declared_as_it_was():
    answer = DeclarationAnswerFactory()

    for rows, change in (
        (Declaration.objects.filter(pk=answer.declaration_id), {"text": "Lain"}),
        (DeclarationAnswer.objects.all(), {"answered_at": "2027-01-01T00:00Z"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeclarationAnswer.objects.all().delete()


# Answering


def test_each_declaration_stands_on_the_page_with_a_tick_of_its_own(sign_in, draft):
    page = sign_in(draft.user).get(check(draft.partnership)).text

    for declaration in declared_today():
        assert f"Setuju: {declaration.title}" in page
        assert f'name="declares_{declaration.pk}"' in page


def test_what_is_not_ticked_is_named_and_nothing_is_submitted(sign_in, draft):
    first, second, third = declared_today()
    answers = {f"declares_{first.pk}": "on", f"declares_{third.pk}": "on"}

    response = sign_in(draft.user).post(check(draft.partnership), answers)

    form = response.context["form"]
    assert dict(form.errors) == {f"declares_{second.pk}": ["Belum dinyatakan."]}
    assert f"Setuju: {second.title}: Belum dinyatakan." in response.text
    draft.partnership.refresh_from_db()
    assert (draft.partnership.status, draft.partnership.declared.count()) == (
        Status.DRAFT,
        0,
    )


def test_the_service_names_what_is_missing_too(draft):
    with pytest.raises(ValidationError, match="Belum dinyatakan: Tidak ada pungutan"):
        registration.submit(
            draft.partnership,
            declared=[
                each for each in declared_today() if "pungutan" not in each.title
            ],
            by=draft.user,
        )


def test_a_wording_that_came_meanwhile_is_asked_before_it_counts(sign_in, draft):
    answers = ticks()
    old = declared_today()[0]
    new = DeclarationFactory(title=old.title, valid_from="2026-02-01", order=old.order)

    response = sign_in(draft.user).post(check(draft.partnership), answers)

    assert set(response.context["form"].errors) == {f"declares_{new.pk}"}


def test_what_was_declared_is_kept_with_who_and_when(sign_in, draft):
    response = sign_in(draft.user).post(check(draft.partnership), ticks())

    assert response.url == reverse("partners:submitted", args=[draft.partnership.pk])
    answers = list(draft.partnership.declared.all())
    assert [each.declaration for each in answers] == declared_today()
    assert {each.answered_by for each in answers} == {draft.user}
    assert len({each.answered_at for each in answers}) == 1
    entry = Entry.objects.about(draft.partnership).get(action="partnership.declared")
    assert (entry.actor, entry.details["code"]) == (
        draft.user,
        paper_of(draft.partnership).code,
    )


def test_a_page_from_before_a_change_is_not_submitted(sign_in, draft):
    answers = {**ticks(), "revision": draft.partnership.revision}
    draft.partnership.touch()

    response = sign_in(draft.user).post(check(draft.partnership), answers)

    assert response.context["form"].is_stale
    draft.partnership.refresh_from_db()
    assert draft.partnership.status == Status.DRAFT


def test_at_the_counter_the_officer_says_before_whom_it_was_declared(sign_in):
    draft = PartnershipFactory()
    operator = person(Role.UNIT_OPERATOR, draft.office)
    client = sign_in(operator)

    page = client.get(check(draft)).text
    client.post(check(draft), ticks())

    assert "Mitra setuju di hadapan saya: Pakta integritas" in page
    said = PartnersDeclaration().said(Partnership.objects.get())
    assert said.by == [operator.full_name, "petugas, di hadapan mitra di loket"]


# The paper


@pytest.mark.printing
@pytest.mark.usefixtures("storage")
def test_the_paper_has_a_code_that_anyone_checks_and_both_sides_read_it(
    sign_in, client, draft
):
    registration.submit(draft.partnership, declared=declared_today(), by=draft.user)
    issued = made(draft.partnership)

    checked = client.get(issued.get_check_url()).text
    pages = [
        sign_in(user).get(draft.partnership.get_absolute_url()).text
        for user in (draft.user, person(Role.UNIT_OPERATOR, draft.partnership.office))
    ]

    assert (issued.status, issued.holder) == ("valid", "Yayasan Uji")
    for declaration in declared_today():
        assert declaration.title in text(issued)
    assert f"Dinyatakan oleh {draft.user.full_name} wakil mitra" in text(issued)
    assert "Naskah berlaku sejak 1 Januari 2026" in text(issued)
    assert "Pernyataan Mitra: Yayasan Uji" in checked
    for page in pages:
        assert issued.get_absolute_url() in page
        assert issued.code in page


@pytest.mark.printing
@pytest.mark.usefixtures("storage")
def test_who_submits_once_more_declares_anew_and_the_older_paper_is_replaced(draft):
    registration.submit(draft.partnership, declared=declared_today(), by=draft.user)
    first = made(draft.partnership)
    registration.correct(draft.partnership, reason="Salah", by=draft.user)
    registration.submit(draft.partnership, declared=declared_today(), by=draft.user)

    second = made(draft.partnership)

    first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "valid")
    assert (first.version, second.version) == (1, 2)
    assert draft.partnership.declared.count() == 2 * len(declared_today())


def test_the_examiner_finds_it_beside_what_he_judges(sign_in, draft):
    registration.submit(draft.partnership, declared=declared_today(), by=draft.user)
    operator = person(Role.UNIT_OPERATOR, draft.partnership.office)

    page = sign_in(operator).get(
        reverse("partners:verify", args=[draft.partnership.pk])
    )

    [panel] = page.context["panels"]
    assert panel.issued == paper_of(draft.partnership)
    assert "Pernyataan mitra" in page.text


def test_a_stranger_gets_no_paper(sign_in, draft):
    registration.submit(draft.partnership, declared=declared_today(), by=draft.user)
    issued = paper_of(draft.partnership)

    response = sign_in(person(Role.UNIT_OPERATOR)).get(issued.get_absolute_url())

    assert response.status_code == 404
