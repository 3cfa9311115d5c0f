"""What is looked at on a visit, as the portal begins."""

from django.utils.translation import gettext_noop as _

QUESTIONS = [
    _("Siapa yang ditemui dan apa kedudukannya?"),
    _("Apakah alamat dan papan namanya sesuai dengan isian?"),
    _("Kegiatan apa yang terlihat?"),
    _("Apakah tempatnya layak dan aman untuk dipakai?"),
]


def fill(apps, schema_editor=None):
    for place, text in enumerate(QUESTIONS, start=1):
        apps.get_model("partners", "VisitQuestion").objects.get_or_create(
            text=text, defaults={"order": 10 * place}
        )
