"""The text in a file, from what is on record; what comes in from Word is a step of the
discussion, for what the partner asked for leads to it."""

from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.texts import services
from pokmas.records.lifecycle import KNOWN
from pokmas.records.steps import Step

Status = Agreement.Status


def _is_written(agreement) -> bool:
    return agreement.once(f"{KNOWN}written", agreement.texts.exists)


def _is_to_be_written(agreement) -> bool:
    """Before the partner is asked what he thinks of it."""
    return agreement.status == Status.DRAFT and not _is_written(agreement)


def _what_stays_behind(agreement) -> list:
    if not _is_written(agreement):
        return []
    return [
        _(
            "Menjadi versi berikutnya. Suntingan Word pada versi sebelumnya tidak "
            "ikut, tetapi versi itu tetap tersimpan."
        )
    ]


Agreement.STEPS.add(
    Step(
        "make_text",
        at={Status.DRAFT, Status.DISCUSSION},
        permission="agreements.change_agreement",
        service=services.make,
        label=_("Buat naskah"),
        reads=lambda each: _("Buat naskah lagi") if _is_written(each) else "",
        question=_("Buat naskah dari data kerja sama ini?"),
        cautions=_what_stays_behind,
        done=_("Naskah sedang disusun; berkas Word dan PDF-nya segera siap."),
        onward=lambda agreement, user: services.latest_text(agreement),
        is_main=True,
        leads=lambda agreement: not _is_written(agreement),
        prepares=_is_to_be_written,
    ),
)
