import pytest
from django import forms
from django.core.exceptions import ValidationError

from pokmas.forms.base import UserForm
from pokmas.words.glyphs import check_printable, printable, unprintable


@pytest.mark.parametrize(
    "text",
    [
        "Kegiatan bulan Oktober, 12.30\nbaris kedua\takhir",
        "“Kutipan” – dan — tanda … • → ≤ é ü",
        "بسم الله الرحمن الرحيم",
        "✓ hadir ☑ lengkap ☐ belum ★",
        "\uf0b7 butir dari Word \uf0fc beres",
    ],
)
def test_what_the_fonts_have_can_be_printed(text):
    assert unprintable(text) == []


def test_what_no_font_has_is_named_once():
    assert unprintable("Hebat 👍👍 di 中国 (Jawa)") == ["👍", "中", "国"]


def test_marks_of_word_become_common_ones_and_unseen_characters_go():
    assert printable("\uf0b7 satu\x0b\uf0fc dua\x00\x1f") == "• satu\n✓ dua"


def test_a_refusal_names_the_characters():
    with pytest.raises(ValidationError, match="👍"):
        check_printable("Hebat 👍")


class NoteForm(UserForm, forms.Form):
    note = forms.CharField()


def test_a_form_says_which_characters_a_paper_cannot_print():
    form = NoteForm({"note": "Hebat 👍"})

    assert form.errors["note"] == [
        "Tidak dapat dicetak pada dokumen: 👍. Hapus atau ganti."
    ]


def test_a_form_hands_over_common_marks_in_place_of_those_of_word():
    form = NoteForm({"note": "\uf0b7 satu"})

    assert form.is_valid()
    assert form.cleaned_data == {"note": "• satu"}
