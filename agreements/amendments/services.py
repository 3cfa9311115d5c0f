"""A signed agreement is changed by another signed text."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from agreements.drafting import services as drafting
from agreements.drafting.forms import AMENDABLE
from agreements.extracts import services as extracts
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.words import dates

Status = Agreement.Status


def proposed(agreement: Agreement) -> Agreement:
    """A text that says what the agreement says, to be changed and then saved."""
    number = agreement.amendments.exclude(status=Status.DROPPED).count() + 1
    # The title of a text, and texts are Indonesian.
    title = f"Adendum {number} atas {agreement.title}"
    return drafting.copy_of(
        agreement,
        kind=Agreement.Kind.ADDENDUM,
        umbrella=None,
        amends=agreement,
        title=Truncator(title).chars(200),
    )


@transaction.atomic
def amend(amendment: Agreement, *, by: User) -> Agreement:
    """Keep a new amendment; the same form sent twice gives the same one."""
    sent = {"submission_key": amendment.submission_key, "created_by": by}
    if (made := Agreement.objects.filter(**sent).first()) is not None:
        return made
    agreement = Agreement.objects.get(pk=amendment.amends_id)
    agreement.begin("amend", by=by)
    _refuse_nothing(amendment, agreement)
    amendment.validate_constraints()
    amendment.save_new(by)
    drafting.take_over(agreement, amendment)
    Entry.record(by, "agreement.drafted", amendment)
    Entry.record(by, "agreement.amending", agreement, title=amendment.title)
    return amendment


def changed(amendment: Agreement, agreement) -> list[str]:
    """The columns in which it differs from the agreement, or a state of that."""
    return [
        name for name in AMENDABLE if _value(amendment, name) != _value(agreement, name)
    ]


def before(amendment: Agreement):
    """The agreement as it is without the amendment: now, or before its signing."""
    agreement = Agreement.objects.select_related("group").get(pk=amendment.amends_id)
    if not amendment.is_signed:
        return agreement
    signing = amendment.events.filter(status=Status.SIGNED).order_by("pgh_id")
    signed_at = Subquery(signing.values("pgh_created_at")[:1])
    states = agreement.events.filter(pgh_created_at__lt=signed_at)
    return states.order_by("-pgh_id").first() or agreement


def merge(amendment: Agreement, *, by: User) -> None:
    """It was signed: from now on the agreement says what it says."""
    agreement = Agreement.objects.get(pk=amendment.amends_id)
    agreement.lock()
    _refuse_gone(amendment, agreement)
    _refuse_nothing(amendment, agreement)
    names = changed(amendment, agreement)
    for name in names:
        setattr(agreement, name, getattr(amendment, name))
    agreement.validate_constraints()
    agreement.save_edit(agreement.revision, names)
    Entry.record(
        by,
        "agreement.amended",
        agreement,
        amendment=amendment.our_number,
        changed=names,
    )
    reason = _("Diubah dengan adendum %(number)s.") % {"number": amendment.our_number}
    extracts.replace(agreement, by=by, reason=reason)


def _value(record, name):
    return getattr(record, record._meta.get_field(name).attname)


def _refuse_nothing(amendment, agreement):
    if not changed(amendment, agreement):
        raise ValidationError(
            _(
                "Adendum ini belum mengubah apa pun. Ubah dahulu sedikitnya satu isi, "
                "misalnya tanggal berakhir."
            )
        )


def _refuse_gone(amendment, agreement):
    """The one that it amends must bind on the day of the signing."""
    if not agreement.is_signed:
        raise ValidationError(
            _("Kerja sama yang diubah berstatus “%(now)s”, jadi tidak dapat diubah."),
            params={"now": agreement.get_status_display()},
        )
    if not agreement.signed_on <= amendment.signed_on <= agreement.ends_on:
        raise ValidationError(
            {
                "signed_on": _(
                    "Kerja sama yang diubah ditandatangani %(first)s dan berlaku "
                    "sampai %(last)s; adendumnya ditandatangani di antaranya."
                )
                % {
                    "first": dates.date_long(agreement.signed_on),
                    "last": dates.date_long(agreement.ends_on),
                }
            }
        )
