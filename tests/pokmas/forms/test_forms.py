import uuid
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from PIL import Image

from agreements.models import Agreement
from outreach.models import ActivityType
from pokmas.documents import slots
from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm, RecordForm, UserForm
from pokmas.forms.fields import (
    DateField,
    DateTimeField,
    DecimalField,
    IntegerField,
    MoneyField,
    NipField,
    NpwpField,
    PhoneField,
    field_for,
)
from pokmas.forms.kept_files import KeptFileField, KeptFilesField, token_of
from pokmas.server import lanes
from tests.factories import UserFactory
from tests.pokmas.documents import corpus

# Fields


@pytest.mark.parametrize("text", ["25-05-2026", "25/5/2026", "25 Mei 2026"])
def test_a_date_field_reads_what_people_type(text):
    assert DateField().clean(text) == date(2026, 5, 25)


@pytest.mark.parametrize("text", ["05/25/2026", "31 Februari 2026", "2026/05/25"])
def test_a_date_field_refuses_us_order_and_impossible_days(text):
    with pytest.raises(ValidationError):
        DateField().clean(text)


def test_a_date_field_shows_the_order_in_which_dates_are_typed():
    assert 'value="25-05-2026"' in DateField().widget.render("d", date(2026, 5, 25))


def test_a_moment_is_read_in_the_zone_of_the_unit():
    field = DateTimeField(zone="Asia/Jayapura")

    moment = field.clean(["21 November 2026", "14.30"])

    assert moment == datetime(2026, 11, 21, 5, 30, tzinfo=UTC)


def test_a_moment_is_shown_in_the_zone_of_the_unit():
    field = DateTimeField(zone=ZoneInfo("Asia/Makassar"))

    html = field.widget.render("at", datetime(2026, 11, 21, 16, 30, tzinfo=UTC))

    assert 'value="22-11-2026"' in html
    assert 'value="00.30"' in html
    assert "WITA" in html


@pytest.mark.parametrize("parts", [["", ""], ["21-11-2026", ""], ["", "14.30"]])
def test_a_moment_needs_its_day_and_its_hour(parts):
    with pytest.raises(ValidationError, match="Isi tanggal dan jamnya"):
        DateTimeField().clean(parts)


def test_a_moment_says_everything_that_is_wrong_at_once():
    with pytest.raises(ValidationError) as refusal:
        DateTimeField().clean(["31 Februari 2026", "25.70"])

    assert len(refusal.value.messages) == 2


def test_numbers_are_read_as_written_here():
    assert DecimalField().clean("1.234,5") == Decimal("1234.5")
    assert MoneyField().clean("Rp 1.250.000") == 1250000
    assert IntegerField().clean("1.234") == 1234


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (IntegerField(), "1,5"),
        (IntegerField(min_value=0), "-1"),
        (IntegerField(), "1234.5"),
        (MoneyField(), "-1"),
        (MoneyField(), "1,234"),
        (DecimalField(max_digits=4), "12.345"),
    ],
)
def test_numbers_out_of_bounds_are_refused(field, text):
    with pytest.raises(ValidationError):
        field.clean(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("(0380) 823456", "+62380823456"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_stored_in_one_form(text, stored):
    assert PhoneField(required=False).clean(text) == stored


@pytest.mark.parametrize("text", ["0812", "telepon", "081234567890123456", "<b>"])
def test_what_is_no_telephone_number_is_refused(text):
    with pytest.raises(ValidationError, match="bukan nomor telepon"):
        PhoneField().clean(text)


def test_a_nip_is_taken_with_its_blanks_and_shown_with_them():
    field = NipField()

    assert "maxlength" not in field.widget.attrs
    assert field.clean(" 19750131 200003 1 001 ") == "197501312000031001"
    assert field.prepare_value("197501312000031001") == "19750131 200003 1 001"
    assert not field.has_changed("197501312000031001", "19750131 200003 1 001")
    assert field.has_changed("197501312000031001", "1975")


def test_an_npwp_of_three_digits_is_refused():
    with pytest.raises(ValidationError, match="15 atau 16 angka"):
        NpwpField().clean("123")


def test_an_hour_is_read_in_the_zone_of_the_unit():
    field = DateTimeField(zone="Asia/Jayapura")

    with pytest.raises(ValidationError, match=r"sama dengan pukul 11\.00 WIT"):
        field.clean(["25-05-2026", "09.00 WIB"])
    assert field.clean(["Senin, 25 Mei 2026", "09.00 WIT"]) == datetime(
        2026, 5, 25, tzinfo=UTC
    )


def test_a_long_text_says_how_long_it_may_be():
    form = ReasonForm()

    assert str(form.fields["reason"].help_text).endswith(
        "Paling banyak 1.000 karakter."
    )
    assert 'data-room="1000"' in str(form["reason"])
    assert "maxlength" not in str(form["reason"])


# How a form looks


class ContactForm(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti pada akta.")
    phone = PhoneField(label="Telepon", required=False)
    kind = forms.ChoiceField(
        label="Jenis", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Setuju")


class Ids(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.ids, self.labels, self.described, self.links = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "label" and "for" in attrs:
            self.labels.append(attrs["for"])
        if tag == "a" and attrs.get("href", "").startswith("#"):
            self.links.append(attrs["href"][1:])
        self.described += attrs.get("aria-describedby", "").split()


def test_labels_help_and_errors_belong_to_their_fields():
    found = Ids(str(ContactForm({})))

    assert len(found.ids) == len(set(found.ids))
    assert set(found.labels) <= set(found.ids)
    assert set(found.described) <= set(found.ids)
    assert "id_name_error" in found.described
    assert "id_name_helptext" in found.described


def test_the_summary_leads_to_every_wrong_field_in_the_same_words():
    form = ContactForm({"phone": "0812"})

    html = str(form)

    assert Ids(html).links == ["id_name", "id_phone", "id_kind_0", "id_agree"]
    assert html.count("Wajib diisi.") == 6
    assert html.count("bukan nomor telepon yang dikenal") == 2


def test_only_what_may_stay_empty_is_marked():
    html = str(ContactForm())

    assert html.count("(tidak wajib)") == 1
    assert "Ada yang perlu diperbaiki" not in html


def test_what_was_typed_is_shown_and_escaped():
    html = str(ContactForm({"name": '"><script>', "phone": "<b>"}))

    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


# Records


class TypeForm(RecordForm):
    class Meta:
        model = ActivityType
        fields = ["name", "is_internal"]


@pytest.fixture
def kind(db):
    return ActivityType.objects.create(code="sosialisasi", name="Sosialisasi")


def test_a_models_fields_become_ours():
    fields = {
        name: type(field_for(Agreement._meta.get_field(name)))
        for name in ("starts_on", "submission_key")
    }

    assert fields["starts_on"] is DateField
    assert field_for(Agreement._meta.get_field("starts_on")).help_text


def test_a_new_record_takes_the_key_of_its_form(db):
    shown = TypeForm()["submission_key"].value()
    form = TypeForm({"name": "Panen raya", "submission_key": str(shown)})

    assert form.is_valid()
    assert str(form.save(commit=False).submission_key) == shown


def test_a_key_that_cannot_be_read_gets_a_message(db):
    form = TypeForm({"name": "Panen raya", "submission_key": "x"})

    assert not form.is_valid()
    assert list(form.errors) == ["submission_key"]


def test_a_form_carries_the_revision_that_was_seen(kind):
    kind.revision = 4

    assert TypeForm(instance=kind)["revision"].value() == 4
    form = TypeForm({"name": "Penyuluhan", "revision": "4"}, instance=kind)
    assert form.is_valid()
    assert form.seen_revision == 4


def _stale(kind):
    """A form refused because the record is at a later revision by now."""
    ActivityType.objects.filter(pk=kind.pk).update(name="Bakti sosial", revision=1)
    form = TypeForm({"name": "Penyuluhan", "revision": "0"}, instance=kind)
    assert form.is_valid()
    with pytest.raises(ValidationError) as refusal:
        form.save(commit=False).save_edit(form.seen_revision, form.edited_fields)
    form.refuse(refusal.value)
    return form


def test_a_stale_form_keeps_what_was_typed_and_shows_what_is_there_now(kind):
    html = str(_stale(kind))

    assert 'value="Penyuluhan"' in html
    assert "Bakti sosial" in html
    assert "diubah orang lain" in html


def test_a_stale_form_sent_once_more_is_saved(kind):
    form = _stale(kind)

    again = TypeForm({"name": "Penyuluhan", "revision": form["revision"].value()},
                     instance=ActivityType.objects.get(pk=kind.pk))  # fmt: skip
    assert again.is_valid()
    again.save(commit=False).save_edit(again.seen_revision, again.edited_fields)

    kind.refresh_from_db()
    assert (kind.name, kind.revision) == ("Penyuluhan", 2)


def test_a_refusal_of_a_field_the_form_lacks_stands_above_it(kind):
    form = TypeForm({"name": "Penyuluhan"}, instance=kind)
    assert form.is_valid()

    form.refuse(ValidationError({"code": ["Kode sudah dipakai."], "name": ["Lain."]}))

    assert form.non_field_errors() == ["Kode sudah dipakai."]
    assert form.errors["name"] == ["Lain."]


def test_a_limit_is_said_with_its_thousands():
    with pytest.raises(ValidationError, match=r"paling banyak 100\.000"):
        IntegerField(max_value=100_000).clean("100.001")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2,5", "Isi dengan bilangan bulat, tanpa koma. Contoh: 1.234."),
        ("dua", "“dua” bukan angka yang dikenali. Contoh: 1.234."),
        ("-1", "Isi dengan 0 atau lebih."),
        ("100", "Isi paling banyak 50."),
    ],
)
def test_a_count_that_is_none_is_refused_in_plain_words(text, said):
    with pytest.raises(ValidationError) as refused:
        IntegerField(min_value=0, max_value=50).clean(text)

    assert refused.value.messages == [said]


# Kept files


class LetterForm(forms.Form):
    name = forms.CharField(label="Nama")
    letter = KeptFileField(label="Surat")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letter"].user = user


class PhotosForm(forms.Form):
    photos = KeptFilesField(label="Foto", kinds=[Document.Kind.JPEG], at_most=2)


class DecreeForm(UserForm, forms.Form):
    decree = KeptFileField(label="SK", kinds=[Document.Kind.PDF])


def picture(name="surat.jpg", colour="teal"):
    content = BytesIO()
    Image.new("RGB", (20, 20), colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def sent(files=None, **data):
    body = QueryDict(mutable=True)
    for name, value in data.items():
        body.setlist(name, value if isinstance(value, list) else [value])
    return body, MultiValueDict(files or {})


def hidden(html, name):
    """The values of the hidden inputs of this name."""
    found = []

    class Inputs(HTMLParser):
        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            if tag == "input" and attrs.get("name") == name:
                found.append(attrs["value"])

    Inputs().feed(html)
    return found


@pytest.mark.django_db
def test_a_file_survives_an_error_elsewhere_in_the_form():
    user = UserFactory()
    first = LetterForm(*sent({"letter": [picture()]}), user=user)
    assert list(first.errors) == ["name"]

    html = str(first)
    tokens = hidden(html, "letter_kept")
    again = LetterForm(*sent(name="Tunas", letter_kept=tokens), user=user)

    assert "surat.jpg" in html
    assert again.is_valid()
    assert again.cleaned_data["letter"] == Document.objects.get(owner_id=None)


@pytest.mark.django_db
def test_a_kept_file_can_be_taken_out_again():
    user = UserFactory()
    first = LetterForm(*sent({"letter": [picture()]}), user=user)
    tokens = hidden(str(first), "letter_kept")

    again = LetterForm(
        *sent(name="Tunas", letter_kept=tokens, letter_remove=tokens), user=user
    )

    assert list(again.errors) == ["letter"]


@pytest.mark.django_db
def test_a_new_file_takes_the_place_of_the_kept_one():
    user = UserFactory()
    first = LetterForm(*sent({"letter": [picture()]}), user=user)
    tokens = hidden(str(first), "letter_kept")

    again = LetterForm(
        *sent({"letter": [picture("baru.jpg")]}, name="Tunas", letter_kept=tokens),
        user=user,
    )

    assert again.is_valid()
    assert again.cleaned_data["letter"].name == "baru.jpg"


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["stranger", "nobody", "forged", "old"])
def test_a_token_of_somebody_else_or_of_yesterday_counts_for_nothing(
    whose, monkeypatch
):
    user = UserFactory()
    first = LetterForm(*sent({"letter": [picture()]}), user=user)
    assert not first.is_valid()
    document = Document.objects.get()
    token = {
        "stranger": token_of(document, UserFactory()),
        "nobody": token_of(document, None),
        "forged": token_of(document, user)[:-1] + "x",
        "old": token_of(document, user),
    }[whose]
    if whose == "old":
        monkeypatch.setattr("pokmas.forms.kept_files.KEPT_FOR_SECONDS", -1)

    form = LetterForm(*sent(name="Tunas", letter_kept=token), user=user)

    assert list(form.errors) == ["letter"]


@pytest.mark.django_db
def test_a_wrong_file_is_refused_and_not_kept():
    wrong = SimpleUploadedFile("surat.pdf", b"<html>", "application/pdf")

    form = LetterForm(*sent({"letter": [wrong]}, name="Tunas"), user=UserFactory())

    assert list(form.errors) == ["letter"]
    assert hidden(str(form), "letter_kept") == []
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_a_file_that_nobody_had_time_for_is_sent_again_and_the_rest_stays():
    user = UserFactory()
    first = LetterForm(*sent({"letter": [picture()]}), user=user)
    tokens = hidden(str(first), "letter_kept")
    with ExitStack() as held:
        for _each in range(lanes.THREADS):
            held.enter_context(slots.INSPECTIONS.one())
        form = LetterForm(
            *sent({"letter": [picture("b.jpg")]}, name="Tunas", letter_kept=tokens),
            user=user,
        )
        html = str(form)

    assert [error.code for error in form.errors.as_data()["letter"]] == ["busy"]
    assert "data-again" in html
    assert 'value="Tunas"' in html
    assert files(hidden(html, "letter_kept")) == files(tokens)
    assert "data-again" not in str(first)


def files(tokens):
    """Which files they stand for; a token is signed with the second of its page."""
    return [token.partition(":")[0] for token in tokens]


def photographed(user, *names):
    """A form for a PDF that was sent photos instead, and their tokens."""
    colours = ["teal", "red", "green"]
    photos = [picture(name, colours[at]) for at, name in enumerate(names)]
    form = DecreeForm(*sent({"decree": photos}))
    form.fields["decree"].user = user
    assert [error.code for error in form.errors.as_data()["decree"]] == ["gathered"]
    return form, hidden(str(form), "decree_kept")


@pytest.mark.django_db
def test_photographed_pages_become_one_pdf_when_the_form_is_sent_once_more():
    user = UserFactory()
    form, tokens = photographed(user, "sk-1.jpg", "sk-2.jpg")
    assert "dijadikan satu PDF" in str(form)

    again = DecreeForm(*sent(decree_kept=tokens))
    again.fields["decree"].user = user

    assert again.is_valid()
    decree = again.cleaned_data["decree"]
    assert (decree.kind, decree.pages, decree.name) == (
        Document.Kind.PDF,
        2,
        "sk-1.pdf",
    )
    assert (decree.owner_id, decree.uploaded_by) == (None, user)
    # Beside an error elsewhere it is kept as what it has become.
    assert len(hidden(str(again), "decree_kept")) == 1


@pytest.mark.django_db
def test_photographed_pages_are_a_step_and_no_error():
    user = UserFactory()
    form = DecreeForm(*sent({"decree": [picture("sk-1.jpg")]}), user=user)

    html = str(form)

    assert form.is_halfway is True
    assert "Satu langkah lagi" in html
    assert "Ada yang perlu diperbaiki" not in html
    for sign in ("errorlist", "field-invalid", "aria-invalid", "Kesalahan:"):
        assert sign not in html


@pytest.mark.django_db
def test_an_error_beside_photographed_pages_is_one():
    files = {"decree": [picture("sk-1.jpg"), SimpleUploadedFile("b.exe", b"MZ")]}
    form = DecreeForm(*sent(files), user=UserFactory())

    html = str(form)

    assert form.is_halfway is False
    assert "Ada yang perlu diperbaiki" in html
    assert "field-invalid" in html


@pytest.mark.parametrize("most", [10, 3])
def test_how_many_files_a_field_takes_is_said_before_they_are_chosen(most):
    field = KeptFilesField(at_most=most, help_text="Foto atau PDF.")

    assert str(field.help_text) == f"Foto atau PDF. Paling banyak {most} berkas."


@pytest.mark.django_db
def test_further_photos_become_further_pages():
    user = UserFactory()
    _form, tokens = photographed(user, "sk-1.jpg")
    more = DecreeForm(*sent({"decree": [picture("b.jpg", "red")]}, decree_kept=tokens))
    more.fields["decree"].user = user
    assert not more.is_valid()

    again = DecreeForm(*sent(decree_kept=hidden(str(more), "decree_kept")))
    again.fields["decree"].user = user

    assert again.is_valid()
    assert again.cleaned_data["decree"].pages == 2


@pytest.mark.django_db
def test_a_pdf_takes_the_place_of_photos_and_only_one_is_taken():
    user = UserFactory()
    _form, tokens = photographed(user, "sk-1.jpg")
    papers = [SimpleUploadedFile(f"{count}.pdf", corpus.pdf(count)) for count in (1, 2)]
    one = DecreeForm(*sent({"decree": papers[:1]}, decree_kept=tokens))
    two = DecreeForm(*sent({"decree": papers}))

    assert one.is_valid()
    assert one.cleaned_data["decree"].name == "1.pdf"
    assert two.errors["decree"] == ["Pilih satu berkas PDF; Anda memilih 2."]


@pytest.mark.django_db
def test_a_field_for_photos_or_pdf_makes_nothing_of_photos():
    form = LetterForm(*sent({"letter": [picture()]}, name="Tunas"), user=UserFactory())

    assert form.is_valid()
    assert form.cleaned_data["letter"].kind == Document.Kind.JPEG


@pytest.mark.django_db
def test_several_files_are_kept_together():
    files = {"photos": [picture("a.jpg"), picture("b.jpg", "red")]}
    first = PhotosForm(*sent(files))
    assert first.is_valid()

    tokens = hidden(str(first), "photos_kept")
    again = PhotosForm(*sent(photos_kept=tokens))

    assert again.is_valid()
    assert again.cleaned_data["photos"] == first.cleaned_data["photos"]


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, 1])
def test_beside_a_bad_file_the_good_one_is_kept_and_the_bad_one_named(place):
    photos = [picture("baik.jpg")]
    photos.insert(place, SimpleUploadedFile("kosong.jpg", b"", "image/jpeg"))

    form = PhotosForm(*sent({"photos": photos}))

    assert form.errors["photos"] == [
        "Berkas “kosong.jpg” kosong (0 bita). Pilih berkas lain."
    ]
    tokens = hidden(str(form), "photos_kept")
    again = PhotosForm(*sent(photos_kept=tokens))
    assert again.is_valid()
    assert [row.name for row in again.cleaned_data["photos"]] == ["baik.jpg"]


@pytest.mark.django_db
def test_the_same_file_chosen_twice_is_kept_once():
    first = PhotosForm(*sent({"photos": [picture("a.jpg"), picture("b.jpg")]}))
    assert first.is_valid()
    tokens = hidden(str(first), "photos_kept")

    again = PhotosForm(*sent({"photos": [picture("a.jpg")]}, photos_kept=tokens))

    assert again.is_valid()
    chosen = [first.cleaned_data["photos"], again.cleaned_data["photos"]]
    assert [[row.name for row in rows] for rows in chosen] == [["a.jpg"], ["a.jpg"]]


@pytest.mark.django_db
def test_more_files_than_allowed_are_refused_before_any_is_stored():
    files = {"photos": [picture(), picture(), picture()]}

    form = PhotosForm(*sent(files))

    assert form.errors["photos"] == ["Paling banyak 2 berkas; Anda memilih 3."]
    assert Document.objects.count() == 0


def test_a_file_field_says_what_it_takes_and_how_much(settings):
    html = str(PhotosForm())

    assert 'accept="image/jpeg,image/webp,image/heic,' in html
    assert "multiple" in html
    assert "JPEG, paling besar" in html
    assert 'data-photo="1600"' in html


def test_a_key_is_new_on_every_blank_form():
    keys = {uuid.UUID(TypeForm()["submission_key"].value()) for _ in range(2)}

    assert len(keys) == 2


def test_what_is_too_long_is_said_and_never_cut_while_it_is_pasted(kind):
    form = TypeForm({"name": "x" * 1090}, instance=kind)

    assert "maxlength" not in str(form["name"])
    assert form.errors["name"] == [
        "Terlalu panjang: tulis paling banyak 80 karakter (sekarang 1.090)."
    ]
