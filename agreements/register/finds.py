from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from agreements.register.models import Agreement
from pokmas.documents.models import DocumentText
from pokmas.documents.texts import looked_for
from pokmas.records.search import Meanings
from pokmas.search.kinds import Kind


def _in_papers(keys: list[int], meanings: Meanings) -> dict[int, str]:
    """Of those of which a paper says the words, which."""
    said = DocumentText.objects.filter(words=looked_for(meanings))
    versions = Agreement.objects.filter(pk=OuterRef("pk"), texts__file__said__in=said)
    rows = Agreement.objects.filter(pk__in=keys).annotate(
        in_scan=Exists(said.filter(document=OuterRef("scan"))),
        in_text=Exists(versions),
    )
    found = {}
    for pk, in_scan, in_text in rows.values_list("pk", "in_scan", "in_text"):
        if in_scan:
            found[pk] = _("ditemukan dalam pindaian naskahnya")
        elif in_text:
            found[pk] = _("ditemukan dalam naskah yang diunggah")
    return found


FINDS = [
    Kind(
        "agreements",
        Agreement,
        title=pgettext_lazy("several", "Kerja sama"),
        icon="agreement",
        permission="agreements.view_agreement",
        listing="agreements:index",
        named="title",
        about="partner__name",
        also=("our_number", "partner_number"),
        through="partners",
        deeper=_in_papers,
        place=4,
    )
]
