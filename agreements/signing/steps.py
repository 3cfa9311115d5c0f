"""From a reviewed text to a signed one."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.numbered import is_numbered_here
from agreements.signing import services
from agreements.signing.forms import (
    GiveNumberForm,
    RenumberForm,
    SignForm,
    SrikandiForm,
)
from agreements.texts.services import lacking
from pokmas.records.steps import Step, Turn, Watch, When

Status = Agreement.Status


def _is_here(agreement, user) -> bool:
    """Whether the portal numbers it; asked once of a record."""
    if "numbered_here" not in agreement.__dict__:
        agreement.numbered_here = is_numbered_here(agreement)
    return agreement.numbered_here


def _word_file(agreement) -> list:
    """What SRIKANDI takes: the newest text, in which its variables stand untouched."""
    text = agreement.texts.first()
    if text is None:
        return [_("Naskah Word kerja sama ini belum dibuat di portal.")]
    said = [
        format_html(
            '{} <a href="{}">{}</a>.',
            _("Yang diunggah ke SRIKANDI, dengan variabelnya utuh:"),
            reverse("agreements:text_srikandi", args=[text.pk]),
            _("naskah Word versi %(number)s") % {"number": text.number},
        )
    ]
    if lost := lacking(text):
        words = _(
            "Tempatnya tidak ada lagi dalam naskah itu; tulis sendiri: %(names)s."
        )
        said.append(words % {"names": ", ".join(lost)})
    return said


HERE = When(
    lambda user: Q(),
    _is_here,
    _("Nomor kerja sama kantor ini diberi SRIKANDI: pilih “Catat dari SRIKANDI”."),
)
SRIKANDI = When(
    lambda user: Q(),
    lambda agreement, user: not _is_here(agreement, user),
    _("Nomor kerja sama kantor ini diberi portal: pilih “Beri nomor”."),
)
NONE_YET = When(
    lambda user: Q(our_number=""),
    lambda agreement, user: not agreement.our_number,
    _("Naskah ini sudah punya nomor; cukup sekali."),
)
NUMBERED = When(
    lambda user: ~Q(our_number=""),
    lambda agreement, user: bool(agreement.our_number),
    _("Naskah ini belum punya nomor."),
)

Agreement.STEPS.add(
    Step(
        "number",
        at={Status.READY_TO_SIGN},
        permission="agreements.sign_agreement",
        service=services.number,
        form=GiveNumberForm,
        label=_("Beri nomor"),
        done=_("Nomor diberikan."),
        is_beside=True,
        when=(NONE_YET, HERE),
    ),
    Step(
        "srikandi",
        at={Status.READY_TO_SIGN},
        permission="agreements.sign_agreement",
        service=services.bring_back,
        form=SrikandiForm,
        label=_("Catat dari SRIKANDI"),
        title=_("Catat nomor dan naskah dari SRIKANDI"),
        button=_("Simpan nomor dan naskah"),
        done=_("Nomor dan naskah dari SRIKANDI tercatat."),
        cautions=_word_file,
        is_beside=True,
        when=(NONE_YET, SRIKANDI),
    ),
    Step(
        "renumber",
        at={Status.READY_TO_SIGN},
        permission="agreements.sign_agreement",
        service=services.renumber,
        form=RenumberForm,
        label=_("Ganti nomor"),
        done=_("Nomor diganti; yang lama tetap di buku sebagai dibatalkan."),
        needs_reason=True,
        when=(NUMBERED,),
    ),
    Step(
        "sign",
        to=Status.SIGNED,
        at={Status.READY_TO_SIGN},
        permission="agreements.sign_agreement",
        service=services.sign,
        form=SignForm,
        label=_("Catat penandatanganan"),
        cautions=services.text_cautions,
        button=_("Simpan penandatanganan"),
        done=_("Kerja sama sudah ditandatangani."),
        turns={
            Status.READY_TO_SIGN: Turn(
                _("Tandatangani, lalu unggah pindaian naskah"),
                14,
                _("Kerja sama belum berlaku sampai pindaian diunggah."),
                Watch.REGION,
            )
        },
    ),
)
