"""The versions of a text: made, handed in, told apart."""

import io

import docx
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.models import TextVersion
from agreements.review import services as review
from agreements.texts import services
from agreements.texts.compare import changes_between, latest_text
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.forms.kept_files import token_of
from pokmas.jobs import services as jobs
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.agreements.texts.factories import TEXT, TextVersionFactory
from tests.agreements.texts.files import Edited, runs_with, upload, word_file
from tests.factories import AgreementFactory, UnitFactory, person
from tests.pokmas.documents import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("emblem")]


@pytest.fixture
def agreement():
    return AgreementFactory(status="discussion")


@pytest.fixture
def operator(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


@pytest.fixture
def writer(sign_in, operator):
    return sign_in(operator)


@pytest.fixture
def first(agreement):
    return TextVersionFactory(agreement=agreement)


def page(agreement):
    return reverse("agreements:upload_text", args=[agreement.pk])


def edited(*pairs):
    file = Edited(word_file(TEXT))
    for old, new in pairs:
        file.replace(old, new)
    return file


def send(writer, agreement, content, base, **more):
    answers = {"base": base.pk if base else "", "note": "", **more}
    file = {"file": upload(content)} if content else {}
    return writer.post(page(agreement), {**answers, **file})


def asked(answer) -> str:
    """What the form asks to be confirmed."""
    return " ".join(answer.context["form"].errors.get("is_confirmed", []))


def confirm(writer, agreement, answer):
    """Send again what the form holds, with the box ticked."""
    form = answer.context["form"]
    data = {name: form.data[name] for name in ("base", "note", "told")}
    data |= {
        "is_confirmed": "on",
        "file_kept": token_of(form.cleaned_data["file"], form.user),
    }
    return writer.post(page(agreement), data)


def test_the_newest_text_leads_on_and_an_older_one_to_it(writer, agreement, first):
    latest = TextVersionFactory(agreement=agreement, number=first.number + 1)

    old = writer.get(first.get_absolute_url()).content.decode()
    new = writer.get(latest.get_absolute_url()).content.decode()

    onward = f'href="{agreement.get_absolute_url()}">Langkah berikutnya'
    assert f'href="{latest.get_absolute_url()}">Buka versi itu' in old
    assert onward not in old
    assert onward in new
    assert "Buka versi itu" not in new


def test_a_text_is_made_with_its_files_and_read_as_it_is(agreement, operator):
    version = services.make(agreement, by=operator)
    jobs.run(IssuedDocument.objects.of(version).get().job_id)

    version.refresh_from_db()
    issued = IssuedDocument.objects.of(version).get()
    content = issued.word.open().read()
    assert (version.number, version.origin, len(version.sha256)) == (1, "made", 64)
    assert len(runs_with(content, "${nomor_naskah}")) == 1
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert properties.keywords == issued.code


def test_nothing_new_on_record_gives_no_new_version(agreement, operator):
    services.make(agreement, by=operator)

    with pytest.raises(ValidationError, match="belum berubah"):
        services.make(agreement, by=operator)


def test_what_was_edited_is_the_next_version(writer, agreement, first):
    content = edited(("menjahit bagi klien", "memasak bagi klien")).torn().saved()

    answer = send(writer, agreement, content, first, note="Permintaan mitra")

    second = latest_text(agreement)
    changed = [each for each in changes_between(first, second) if not each.is_same]
    assert answer.url == second.get_absolute_url()
    assert (second.number, second.base, second.note) == (2, first, "Permintaan mitra")
    assert list(map(str, changed)) == ["Pasal 2 (diubah)"]
    assert second.sha256 == second.file.sha256


def test_the_second_of_two_is_told_what_changed_and_loses_nothing(
    writer, agreement, first
):
    one = edited(("menjahit bagi klien", "memasak bagi klien")).saved()
    other = edited(
        ("dua rangkap", "tiga rangkap"), ("menjahit bagi klien", "melukis bagi klien")
    ).saved()
    send(writer, agreement, one, first)

    answer = send(writer, agreement, other, first)

    assert "versi 2" in asked(answer)
    assert "Pasal 2 (diubah)" in asked(answer)
    assert "Yang juga Anda ubah: Pasal 2." in asked(answer)
    assert agreement.texts.count() == 2
    confirm(writer, agreement, answer)
    third = latest_text(agreement)
    assert (third.number, third.base) == (3, first)


def test_who_was_faster_between_question_and_answer_is_told_of(
    agreement, operator, first
):
    with pytest.raises(ValidationError, match="naskah versi 1"):
        services.upload(
            agreement, by=operator, file=None, reading=None, base=None, seen=0
        )
    assert agreement.texts.count() == 1


def test_the_same_file_twice_is_kept_once(writer, agreement, first):
    content = edited(("dua rangkap", "tiga rangkap")).saved()
    send(writer, agreement, content, first)

    answer = send(writer, agreement, content, first)

    assert "sama persis dengan naskah versi 2" in answer.content.decode()
    assert agreement.texts.count() == 2


def test_tracked_changes_and_comments_are_named_with_their_authors(
    writer, agreement, first
):
    file = edited().tracked("dua rangkap", "tiga rangkap")
    file.commented("Biaya ditanggung", "Mohon ditinjau")

    answer = send(writer, agreement, file.saved(), first)

    assert "2 perubahan terlacak dari Siti Andaian dan Budi Contoh" in asked(answer)
    assert "1 komentar" in asked(answer)
    confirm(writer, agreement, answer)
    second = latest_text(agreement)
    assert (second.number, second.tracked, second.comments) == (2, 2, 1)
    assert "tiga rangkap" in second.content.articles[3].lines[0]


def test_the_text_of_another_agreement_is_asked_about(writer, agreement, first):
    other = TextVersionFactory(is_printed=True)
    issued = IssuedDocument.objects.of(other).get()
    content = edited(("dua rangkap", "tiga rangkap")).saved(issued.code)

    answer = send(writer, agreement, content, first)

    assert "berasal dari naskah kerja sama lain" in asked(answer)
    assert "versi berikutnya: " not in answer.content.decode()


def test_the_code_of_the_made_text_stays_in_the_versions_edited_from_it(
    writer, agreement
):
    first = TextVersionFactory(agreement=agreement, is_printed=True)
    issued = IssuedDocument.objects.of(first).get()
    one = edited(("dua rangkap", "tiga rangkap"))
    other = edited(("dua rangkap", "tiga rangkap"), ("usaha kecil", "usaha mikro"))
    send(writer, agreement, one.saved(issued.code), first)

    send(writer, agreement, other.saved(issued.code), latest_text(agreement))

    assert latest_text(agreement).number == 3


def test_a_file_that_holds_the_newest_changes_is_not_called_overtaken(
    writer, agreement, first
):
    one = edited(("dua rangkap", "tiga rangkap"))
    other = edited(("dua rangkap", "tiga rangkap"), ("usaha kecil", "usaha mikro"))
    send(writer, agreement, one.saved(), first)

    send(writer, agreement, other.saved(), first)

    assert latest_text(agreement).number == 3


def test_a_file_without_pasal_is_asked_about(writer, agreement, first):
    output = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Surat biasa")
    document.save(output)

    answer = send(writer, agreement, output.getvalue(), first)

    assert "Tidak ada judul Pasal" in asked(answer)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused_in_words(writer, agreement, first, content):
    file = upload(content or b"", "naskah.docx")

    answer = writer.post(page(agreement), {"base": first.pk, "file": file})

    assert answer.status_code in (200, 422)
    assert agreement.texts.count() == 1


HARMFUL = (
    *("a program in a text", "macros by another name", "an object by another name"),
    *("a template from elsewhere", "a picture from the web", "another text inside"),
    *("a field that starts programs", "a field that asks a database"),
)


def test_what_acts_or_fetches_never_becomes_a_version(writer, agreement, first):
    told = {}
    contents = {name: corpus.HOSTILE[name][1] for name in HARMFUL} | {
        "entities": corpus.docx({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "a bomb": corpus.docx({"word/a.xml": b"<a>" + b" " * 30_000_000}),
        "a way out": corpus.docx({"../../etc/cron.d/a": b"x"}),
    }

    for name, content in contents.items():
        answer = send(writer, agreement, content, first)
        told[name] = answer.context["form"].errors.get("file")

    assert [name for name, words in told.items() if not words] == []
    assert agreement.texts.count() == 1


@pytest.mark.parametrize("status", ["legal_review", "ready_to_sign", "signed"])
def test_the_text_is_closed_once_it_is_judged(status):
    agreement = AgreementFactory(status=status)
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.make(agreement, by=operator)


def test_a_review_remembers_the_version_that_was_read(agreement, operator, first):
    TextAnswerFactory(agreement=agreement, version=first)
    review.submit(agreement, by=operator)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)

    review.review(agreement, by=reviewer, verdict="ready")

    assert agreement.reviews.get().text_version == first


def test_the_version_one_took_last_is_proposed_as_the_base(
    writer, agreement, operator, first
):
    TextVersionFactory(agreement=agreement, number=2, base=first)
    services.downloaded(first, by=operator)

    answer = writer.get(page(agreement))

    assert answer.context["form"].initial["base"] == first


def test_what_one_handed_in_since_is_the_base_of_what_follows(
    writer, agreement, operator, first
):
    services.downloaded(first, by=operator)
    send(writer, agreement, edited(("dua rangkap", "tiga rangkap")).saved(), first)

    answer = writer.get(page(agreement))

    assert answer.context["form"].initial["base"] == latest_text(agreement)


def test_pages_say_the_text_and_what_changed(writer, agreement, first):
    send(writer, agreement, edited(("dua", "tiga")).saved(), first)
    second = latest_text(agreement)

    said = writer.get(second.get_absolute_url()).content.decode()
    changes = writer.get(reverse("agreements:text_changes", args=[second.pk]))

    assert "Perjanjian ini dibuat dalam tiga rangkap." in said
    assert [each.name for each in changes.context["changes"]] == ["Pasal 4"]
    assert "<del>" in changes.content.decode()
    assert changes.content.decode().count(second.content.articles[3].heading) == 1


def test_a_stranger_finds_no_version(sign_in, first):
    stranger = sign_in(person(Role.UNIT_OPERATOR, UnitFactory()))

    assert stranger.get(first.get_absolute_url()).status_code == 404
    assert TextVersion.objects.count() == 1
