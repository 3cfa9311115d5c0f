"""Two partners on record that are the same become one."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.known.models import Distinction
from partners.registry.models import Partner, Partnership
from partners.registry.sections import IDENTITY
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, own_people, tell
from pokmas.records.constraints import in_words
from pokmas.records.lifecycle import REPRESENTS

MERGE = "partners.merge_partner"
# What may be taken of the one that goes.
TAKEN = ("kind", *IDENTITY, "regency")
OUT_OF_SIGHT = _(
    "Sebagian unit yang mengenal kedua mitra ini di luar kantor Anda. Mintalah Kanwil "
    "atau Pusat menggabungkannya."
)
APART = _(
    "Keduanya sudah dinyatakan bukan yang sama. Bila itu keliru, tarik dahulu "
    "pernyataannya."
)
TWICE = _(
    "Keduanya masih berjalan di %(offices)s. Tarik, tolak, atau akhiri dahulu salah "
    "satu kemitraannya di sana."
)
GONE = _("Mitra ini sudah digabung dengan yang lain.")
OF_ANOTHER_SORT = _("Perorangan dan lembaga bukan mitra yang sama.")


def refusal(kept: Partner, other: Partner, user: User):
    """Why `user` may not make them one, in words; None if he may.

    A merger changes what every unit that knows one of them reads, so it is for who
    sees all of these units: the head of their only one, their Kanwil, headquarters.
    """
    both = Partnership.objects.filter(partner__in=[kept, other])
    if kept.merged_into_id or other.merged_into_id or kept == other:
        return GONE
    if Partner.objects.represented_by(user).filter(pk__in=[kept.pk, other.pk]).exists():
        return REPRESENTS
    if both.exclude(pk__in=Partnership.objects.visible_to(user)).exists():
        return OUT_OF_SIGHT
    if kept.kind.is_person != other.kind.is_person:
        return OF_ANOTHER_SORT
    if Distinction.objects.of(kept).filter(pk__in=Distinction.objects.of(other)):
        return APART
    if twice := running_in_both(kept, other):
        return TWICE % {"offices": ", ".join(twice)}
    return None


def running_in_both(kept: Partner, other: Partner) -> list[str]:
    """The units with which both have a partnership that has not come to an end."""
    running = Partnership.objects.unfinished().filter(partner__in=[kept, other])
    units = running.values_list("office__name").annotate(many=Count("partner"))
    return [name for name, _many in units.filter(many=2).order_by("office__name")]


@in_words()
@transaction.atomic
def merge(
    kept: Partner, other: Partner, *, taken: Iterable[str] = (), by: User
) -> None:
    """Let whatever `other` has be `kept`'s, with the answers `taken` from it.

    The row of the one that goes stays, with its number and its history.
    """
    rows = Partner.objects.select_for_update(of=("self",)).select_related("kind")
    locked = {
        row.pk: row for row in rows.filter(pk__in=[kept.pk, other.pk]).order_by("pk")
    }
    kept, other = locked[kept.pk], locked[other.pk]
    if found := refusal(kept, other, by):
        raise ValidationError(found)
    _set_right_distinctions(kept, other)
    _end_double_representations(kept, other)
    for relation in Partner._meta.related_objects:
        _point_at(kept, other, relation)
    names = [name for name in TAKEN if name in set(taken)]
    for name in names:
        setattr(kept, name, getattr(other, name))
    kept.save_edit(kept.revision, names)
    other.merged_into, other.merged_at, other.merged_by = kept, timezone.now(), by
    other.save_edit(other.revision, ["merged_into", "merged_at", "merged_by"])
    Entry.record(by, "partner.merged", other, into=kept.reference)
    for partnership in kept.partnerships.select_related("office"):
        partnership.touch()
        _tell(partnership, kept, other, names, by)


def _set_right_distinctions(kept, other):
    """Of whom the one was said to be another, the other is too."""
    for said in Distinction.objects.of(other):
        third = said.other_than(other)
        first, second = sorted([kept.pk, third])
        if not Distinction.objects.filter(first=first, second=second).exists():
            Distinction.objects.filter(pk=said.pk).update(first=first, second=second)
        else:
            said.delete()


def _end_double_representations(kept, other):
    """Who acts for both acts once."""
    people = kept.representatives.current().values("user")
    double = other.representatives.current().filter(user__in=people)
    double.update(ended_on=timezone.localdate())


def _point_at(kept, other, relation: models.ForeignObjectRel) -> None:
    """Whatever points at `other`, in whichever room, points at `kept`; no history."""
    if hasattr(relation.related_model, "pgh_tracked_model"):
        return
    name = relation.field.name
    if relation.many_to_many:
        _point_many_at(kept, other, relation)
    else:
        rows = relation.related_model._base_manager.filter(**{name: other})
        rows.update(**{name: kept})


def _point_many_at(kept, other, relation) -> None:
    """What belongs to both belongs to the one that stays once."""
    name, owner = (
        relation.field.m2m_reverse_field_name(),
        relation.field.m2m_field_name(),
    )
    rows = relation.through.objects.filter(**{name: other})
    already = relation.through.objects.filter(**{name: kept}).values(owner)
    rows.filter(**{f"{owner}__in": already}).delete()
    rows.update(**{name: kept})


def _tell(partnership, kept, other, names, by):
    Entry.record(
        by,
        "partnership.merged",
        partnership,
        kept=kept.reference,
        merged=other.reference,
        taken=names,
    )
    tell(
        partnership,
        f"merged_{other.pk}",
        {
            *own_people(partnership),
            *officers(partnership, "partners.verify_partner"),
        },
        _("%(name)s digabung dengan catatan lain dari mitra yang sama"),
        _(
            "Nomor pendaftaran %(other)s kini menjadi satu dengan %(kept)s. Kemitraan, "
            "kerja sama, dan kegiatannya ada di satu mitra."
        ),
        by=by,
        other=other.reference,
        kept=kept.reference,
    )
