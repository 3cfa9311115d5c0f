"""A text goes to the partner, and what comes back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.discussion import services
from agreements.discussion.conditions import AGREED
from agreements.discussion.threads import places_of
from agreements.drafting import services as drafting
from agreements.models import Agreement, TextAnswer, TextComment
from agreements.review import services as review
from agreements.texts.articles import Article, Text
from agreements.texts.compare import latest_text
from agreements.texts.composing import composed
from agreements.texts.services import version_added
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from pokmas.steps.actions import actions_of
from tests.agreements.discussion.factories import (
    TextAnswerFactory,
    TextCommentFactory,
)
from tests.agreements.texts.factories import TEXT, TextVersionFactory
from tests.agreements.texts.files import Edited, upload, word_file
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    RepresentativeFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return AgreementFactory(status="discussion")


@pytest.fixture
def text(agreement):
    return TextVersionFactory(agreement=agreement)


@pytest.fixture
def operator(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


@pytest.fixture
def partner(agreement):
    return RepresentativeFactory(partner=agreement.partner).user


@pytest.fixture
def asked(agreement, text, operator):
    services.ask(agreement, by=operator, due_by=agreement.office.today)
    return agreement


def url(name, agreement):
    return reverse(f"agreements:{name}", args=[agreement.pk])


def newer(agreement, by, number=2, **more):
    version = TextVersionFactory(agreement=agreement, number=number, **more)
    version_added.send(type(version), version=version, by=by)
    return version


def test_the_turn_goes_to_the_partner_and_back(asked, operator, partner, sign_in):
    assert asked.awaited.name == "answer_text"
    assert asked.due_on == asked.office.today
    assert asked in Agreement.objects.awaiting(partner)
    assert asked not in Agreement.objects.awaiting(operator)
    client = sign_in(partner)
    page = client.get(url("answer_text", asked))
    assert "Pelatihan menjahit bagi klien." in page.content.decode()
    assert "Langsung ke jawaban" in page.content.decode()
    assert "${" not in page.content.decode()

    client.post(
        url("answer_text", asked), {"verdict": "agree", "comment": "", "seen": 1}
    )

    asked.refresh_from_db()
    assert asked.awaited.name == "submit"
    assert Notice.objects.filter(kind="agreement.answered", user=operator).exists()
    review.submit(asked, by=operator)
    assert asked.status == "legal_review"


def test_a_partner_nobody_acts_for_in_the_portal_is_asked_by_hand(
    agreement, text, operator
):
    said = services.ask(agreement, by=operator, due_by=agreement.office.today)

    assert "di luar portal" in said
    assert any(
        "Catat jawaban mitra" in each for each in services.what_is_sent(agreement)
    )


def test_without_consent_to_the_newest_version_nothing_is_submitted(
    asked, operator, partner
):
    with pytest.raises(ValidationError, match="belum menyetujui naskah versi terbaru"):
        review.submit(asked, by=operator)
    services.answer(asked, by=partner, verdict="agree", seen=1)
    newer(asked, operator)

    asked.refresh_from_db()
    assert asked.awaited.name == "answer_text"
    assert asked.due_on == asked.office.today + timedelta(services.ANSWER_DAYS)
    with pytest.raises(ValidationError, match="belum menyetujui naskah versi terbaru"):
        review.submit(asked, by=operator)


def test_an_answer_to_a_version_that_was_replaced_is_asked_for_again(
    asked, operator, partner, sign_in
):
    newer(asked, operator)
    answers = {"verdict": "agree", "comment": "", "seen": "1"}
    client = sign_in(partner)

    page = client.post(url("answer_text", asked), answers)

    assert "ada naskah versi 2" in page.content.decode()
    assert not TextAnswer.objects.exists()
    form = page.context["form"]
    client.post(url("answer_text", asked), answers | {"seen": form["seen"].value()})
    assert TextAnswer.objects.get().version.number == 2


def test_a_request_for_changes_says_which(asked, partner, sign_in):
    client = sign_in(partner)
    answers = {"verdict": "change", "comment": "", "seen": 1}

    page = client.post(url("answer_text", asked), answers)
    assert "Tulis perubahan yang diminta." in page.content.decode()

    client.post(url("answer_text", asked), answers | {"comment": "Pasal 3 dihapus"})
    asked.refresh_from_db()
    assert asked.awaited.name == "upload_text"
    assert asked.due_on == asked.office.today + timedelta(14)
    assert TextAnswer.objects.get().verdict == "change"


def test_what_the_partner_wants_otherwise_is_taken_in_before_it_is_sent_again(
    asked, operator, partner, sign_in
):
    wish = {"verdict": "change", "comment": "Pasal 3 dihapus", "seen": 1}
    services.answer(asked, by=partner, **wish)
    asked = Agreement.objects.get(pk=asked.pk)

    client = sign_in(operator)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Pasal 3 dihapus" in page
    assert "Masukkan perubahan yang diminta mitra" in page
    assert actions_of(asked, operator).first.step.name == "upload_text"
    sending = client.get(url("ask_partner", asked)).content.decode()
    assert "naskah versi 1" in sending
    assert "minta perubahan. Unggah dahulu" in sending
    tab = client.get(asked.get_absolute_url(), {"tab": "discussion"}).content.decode()
    assert url("comment_text", asked) in tab
    assert asked.refusal(Agreement.STEPS["propose_text"], partner) is None

    newer(asked, operator)
    asked = Agreement.objects.get(pk=asked.pk)
    assert asked.awaited.name == "answer_text"


def test_who_proposes_what_he_was_sent_is_asked_whether_he_agrees(
    sign_in, asked, text, partner
):
    client, step = sign_in(partner), url("propose_text", asked)

    said = {"base": text.pk}
    page = client.post(step, said | {"file": upload(word_file(TEXT))})

    form = page.context["form"]
    assert "Setujukah Anda?" in str(form.errors)
    assert not asked.answers.exists()
    said |= {"told": form["told"].value(), "is_confirmed": "on"}
    client.post(step, said | {"file": upload(word_file(TEXT))})
    assert asked.answers.get().version.number == 2


def test_the_partner_proposes_another_file_before_he_is_asked_again(
    sign_in, asked, text, operator, partner
):
    client, step = sign_in(partner), url("propose_text", asked)
    first, second = (
        Text(TEXT.lead, (*TEXT.articles[:-1], last), TEXT.tail)
        for last in (
            Article("4", "PENUTUP", ("Perjanjian ini dibuat dalam tiga rangkap.",)),
            Article("4", "PENUTUP", ("Perjanjian ini dibuat dalam empat rangkap.",)),
        )
    )
    client.post(step, {"base": text.pk, "file": upload(word_file(first))})
    own = {"base": latest_text(asked).pk}
    assert asked.answers.get().told.startswith("Mitra mengusulkan naskah versi 2: ")

    same = client.post(step, own | {"file": upload(Edited(word_file(first)).saved())})
    assert "sama dengan naskah versi 2" in same.text
    assert "Setujukah Anda?" not in same.text
    client.post(step, own | {"file": upload(word_file(second))})

    texts = list(asked.texts.values_list("number", "origin", "base__number"))
    assert texts == [(3, "proposed", 2), (2, "proposed", 1), (1, "made", None)]
    page = sign_in(operator).get(asked.get_absolute_url(), {"tab": "texts"}).text
    assert page.index("Versi 3") < page.index("Versi 2") < page.index("Versi 1")
    assert "Mitra mengusulkan naskah versi 3" in page
    review.submit(asked, by=operator)
    assert asked.refusal(Agreement.STEPS["propose_text"], partner) is not None


def test_nobody_proposes_a_text_before_the_unit_sent_one(agreement, text, partner):
    step = Agreement.STEPS["propose_text"]

    assert "sesudah unit mengirim" in agreement.refusal(step, partner)


def test_the_officer_who_once_registered_a_partner_reads_no_news_of_the_partner(
    operator,
):
    draft = AgreementFactory(office=operator.assignments.get().office)
    draft.partnership.submitted_by = operator
    draft.partnership.save(update_fields=["submitted_by"])
    partner = RepresentativeFactory(partner=draft.partner).user

    drafting.discuss(draft, by=operator)

    told = Notice.objects.filter(kind="agreement.discussion")
    assert [each.user for each in told] == [partner]


def test_an_answer_from_outside_is_recorded_with_who_when_and_how(
    agreement, text, operator, sign_in
):
    client = sign_in(operator)
    today = agreement.office.today
    answers = {
        "verdict": "agree",
        "comment": "",
        "said_by": "Maria Uji",
        "said_on": f"{today + timedelta(1):%d-%m-%Y}",
        "way": "letter",
    }
    page = client.post(url("record_answer", agreement), answers)
    assert {"said_on", "evidence"} == set(page.context["form"].errors)

    answers |= {"said_on": f"{today:%d-%m-%Y}", "way": "whatsapp"}
    client.post(url("record_answer", agreement), answers)

    agreement.refresh_from_db()
    review.submit(agreement, by=operator)
    assert agreement.status == "legal_review"


def test_a_late_answer_is_told_as_the_card_promises(asked):
    head = person(Role.UNIT_HEAD, asked.office)
    Agreement.objects.filter(pk=asked.pk).update(
        partner_due_by=asked.office.today - timedelta(1)
    )
    AgreementFactory(office=asked.office, status="discussion")

    tell_of_late_turns()

    late = Notice.objects.filter(kind="agreement.late", user=head)
    assert [notice.about_id for notice in late] == [asked.pk]


def test_what_officers_say_among_themselves_reaches_no_partner(
    asked, text, operator, partner, sign_in
):
    secret = "Mitra ini pernah ingkar"
    client = sign_in(operator)
    client.post(
        url("comment_text", asked),
        {"article": "2", "text": secret, "is_internal": "on"},
    )
    client.post(
        url("comment_text", asked), {"article": "2", "text": "Sudah cukup jelas?"}
    )
    head = TextComment.objects.get(text=secret)
    client.post(
        url("comment_text", asked), {"reply_to": head.pk, "text": f"{secret} dua kali"}
    )
    assert TextComment.objects.filter(is_internal=True).count() == 2

    client = sign_in(partner)
    addresses = [
        *(asked.get_absolute_url() + tab for tab in ("", "?tab=discussion")),
        asked.get_absolute_url() + "?tab=history",
        *(url(name, asked) for name in ("comment_text", "answer_text")),
        f"{url('comment_text', asked)}?reply_to={head.pk}",
    ]
    pages = [client.get(address).content.decode() for address in addresses]
    assert not any(secret in page for page in pages)
    assert "Sudah cukup jelas?" in pages[1]
    assert not any(secret in each.body for each in Notice.objects.filter(user=partner))
    client.post(url("comment_text", asked), {"reply_to": head.pk, "text": "Balasan"})
    resolve = reverse("agreements:resolve_comment", args=[head.pk])
    assert client.post(resolve).status_code == 404
    assert not TextComment.objects.filter(text="Balasan").exists()


def test_a_comment_stays_with_its_pasal_under_another_number(agreement, text, operator):
    TextCommentFactory(agreement=agreement, version=text, article="2")
    TextCommentFactory(agreement=agreement, version=text, article="3")
    first, scope, _cost, last = TEXT.articles
    moved = Article("3", scope.heading, scope.lines)
    put_in = Article("2", "DASAR", ("Dasar perjanjian ini adalah undang-undang.",))
    said = Text(TEXT.lead, (first, put_in, moved, last), TEXT.tail)
    newer(agreement, operator, text=said.as_json())

    places = {
        each.number: len(each.threads)
        for each in places_of(agreement, operator, latest_text(agreement))
    }

    assert places == {"": 0, "1": 0, "2": 0, "3": 1, "4": 0, "-": 1}


def test_a_thread_is_resolved_and_taken_up_again(
    agreement, text, operator, partner, sign_in
):
    thread = TextCommentFactory(agreement=agreement, version=text, created_by=operator)
    address = reverse("agreements:resolve_comment", args=[thread.pk])

    sign_in(partner).post(address)
    thread.refresh_from_db()
    assert not thread.is_resolved
    for is_resolved in (True, False):
        sign_in(operator).post(address)
        thread.refresh_from_db()
        assert thread.is_resolved == is_resolved


def test_another_partner_answers_nothing(asked, sign_in):
    stranger = RepresentativeFactory().user
    client = sign_in(stranger)

    for name in ("answer_text", "propose_text", "comment_text"):
        assert client.get(url(name, asked)).status_code == 404


def talk(client, agreement, **said):
    sent = {"article": "2", "text": "Pasal 2 belum jelas", **said}
    return client.post(url("comment_text", agreement), sent)


def test_who_is_called_is_told_once_and_comes_to_the_thread(
    asked, operator, partner, sign_in
):
    reviewer = person(Role.REGIONAL_REVIEWER, asked.office.region)
    client = sign_in(operator)

    answer = talk(client, asked, called=[reviewer.pk, partner.pk])

    comment = TextComment.objects.get()
    assert answer["Location"].endswith(f"#talk-{comment.pk}")
    told = Notice.objects.filter(kind="agreement.comment")
    assert {each.user for each in told} == {reviewer, partner}
    assert len(told) == 2
    notice = told.get(user=reviewer)
    assert "Anda diminta membaca" in notice.title
    page, _hash, anchor = notice.url.partition("#")
    thread = sign_in(reviewer).get(page).text
    assert f'id="{anchor}"' in thread
    assert "Diberi tahu: " in thread
    assert str(reviewer) in thread


def test_a_partner_calls_whom_he_has_read_and_learns_no_other_name(
    asked, text, operator, partner, sign_in
):
    silent = person(
        Role.REGIONAL_REVIEWER, asked.office.region, full_name="Penelaah Rahasia"
    )
    TextCommentFactory(agreement=asked, version=text, created_by=operator)
    inside = TextCommentFactory(agreement=asked, version=text, is_internal=True)
    talk(sign_in(operator), asked, called=[silent.pk])
    client = sign_in(partner)

    form = client.get(url("comment_text", asked))
    offered = {
        pk
        for _side, rows in form.context["form"].fields["called"].choices
        for pk, _name in rows
    }

    assert offered == {operator.pk}
    for page in (form, client.get(f"{asked.get_absolute_url()}?tab=discussion")):
        assert "Penelaah Rahasia" not in page.text
        assert str(inside.created_by) not in page.text
    refused = talk(client, asked, text="Halo", called=[silent.pk])
    assert refused.context["form"].errors.keys() == {"called"}
    talk(client, asked, text="Terima kasih", called=[operator.pk])
    assert Notice.objects.get(user=operator, body="Terima kasih").title.startswith(
        "Anda diminta membaca"
    )


def test_nobody_is_called_to_what_he_does_not_read(asked, operator, partner, sign_in):
    head = person(Role.UNIT_HEAD, asked.office)
    client = sign_in(operator)

    page = talk(client, asked, is_internal="on", called=[head.pk, partner.pk])
    assert f"tidak dibaca {partner}" in page.text
    assert not TextComment.objects.exists()
    talk(client, asked, is_internal="on", called=[head.pk])

    thread = TextComment.objects.get()
    reply = client.get(f"{url('comment_text', asked)}?reply_to={thread.pk}")
    assert str(partner) not in str(reply.context["form"]["called"])
    assert {each.user for each in Notice.objects.filter(kind="agreement.comment")} == {
        head
    }


def test_who_took_part_elsewhere_cannot_be_called(asked, operator):
    stranger = person(Role.UNIT_OPERATOR)

    with pytest.raises(ValidationError, match="tidak ikut membahas"):
        services.comment(
            asked,
            by=operator,
            text="Halo",
            version=latest_text(asked),
            called=[stranger],
        )


def agreed(agreement, operator, **more):
    version = TextVersionFactory(
        agreement=agreement,
        text=composed(agreement, agreement.office.today).as_json(),
        **more,
    )
    TextAnswerFactory(agreement=agreement, version=version)
    assert agreement.meets(AGREED, operator)


def moved_end(agreement, client):
    """The data are changed on their page: it ends a year later."""
    page = url("change", agreement)
    form = client.get(page).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"starts_on": "10-01-2026", "ends_on": "09-01-2028"}
    answer = client.post(page, said, follow=True)
    agreement.refresh_from_db()
    assert agreement.ends_on.year == 2028
    return answer.text


def card(client, agreement):
    page = client.get(agreement.get_absolute_url()).text
    return page[page.index('class="turn') :].split("</section>")[0]


def test_the_card_of_the_turn_says_what_the_partner_answered(
    asked, operator, partner, sign_in
):
    services.answer(asked, by=partner, verdict="agree", seen=1)
    said = asked.answers.get()
    client = sign_in(operator)

    assert said.told in card(client, asked)
    assert said.told.startswith(f"Mitra setuju dengan naskah versi 1: {partner}, ")
    services.record(
        asked,
        by=operator,
        verdict="change",
        comment="Pasal 3 dihapus",
        way="meeting",
        said_by="Maria Uji",
        said_on=date(2026, 1, 12),
    )

    words = card(client, asked)
    assert "Mitra minta perubahan pada naskah versi 1: Maria Uji, 12 Januari" in words
    assert f"(Rapat atau pertemuan; dicatat {operator}, " in words
    assert "Mitra setuju" not in words


def test_an_answer_to_an_older_text_is_none_to_the_newest(
    asked, operator, partner, sign_in
):
    services.answer(asked, by=partner, verdict="agree", seen=1)
    # Not sent: nobody asked him about it.
    TextVersionFactory(agreement=asked, number=2)

    said = card(sign_in(operator), asked)
    assert "Mitra belum diminta menjawab naskah versi 2." in said
    assert "Mitra setuju" not in said


def test_without_a_text_the_card_says_so(agreement, operator, sign_in):
    assert "Naskahnya belum ada." in card(sign_in(operator), agreement)


def test_changed_data_make_the_next_text_and_ask_the_partner_again(
    agreement, operator, partner, sign_in
):
    agreed(agreement, operator)

    page = moved_end(agreement, sign_in(operator))

    assert "Naskah versi 2 dibuat dari data itu" in page
    assert "9 Januari 2028" in str(latest_text(agreement).text)
    assert agreement in Agreement.objects.awaiting(partner)
    assert Notice.objects.filter(user=partner).exists()
    with pytest.raises(ValidationError, match="belum menyetujui"):
        review.submit(agreement, by=operator)


def test_changed_data_that_a_file_does_not_say_are_named_to_all(
    agreement, operator, partner, sign_in
):
    agreed(agreement, operator, origin="uploaded", file=DocumentFactory())
    client = sign_in(operator)
    assert "berbeda dari data" not in client.get(url("submit", agreement)).text

    page = moved_end(agreement, client)

    assert "Persetujuan mitra tidak berlaku lagi" in page
    assert agreement in Agreement.objects.awaiting(partner)
    services.record(agreement, by=operator, verdict="agree")
    asked = client.get(url("submit", agreement)).text
    assert "data menyebut “9 Januari 2028”" in asked
    review.submit(agreement, by=operator)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)
    read = sign_in(reviewer).get(url("review", agreement)).text
    assert "data menyebut “9 Januari 2028”" in read


def test_what_the_text_does_not_say_asks_nobody_again(agreement, operator):
    agreed(agreement, operator)

    said = drafting.change(
        agreement, by=operator, revision=agreement.revision, fields=["for_all_units"]
    )

    assert (said, latest_text(agreement).number) == ("", 1)
    assert agreement.meets(AGREED, operator)
