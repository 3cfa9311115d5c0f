"""A registration in rows and parts, as far as the person looking may read it."""

from functools import partial

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.fields.models import Field
from partners.registry import legal, sections
from partners.registry.models import Offer, Partner, Partnership
from pokmas.accounts.models import User
from pokmas.accounts.privacy import mask_email, mask_phone
from pokmas.records.guarded import said
from pokmas.steps.since import Row, field, listed, row, standing
from pokmas.words.addresses import breakable
from pokmas.words.language import in_readers_words
from pokmas.words.phones import international


def answers(
    partnership: Partnership,
    section: sections.Section,
    viewer: User,
    *,
    change: bool = False,
) -> list[tuple]:
    """Label and value of what it asks; with `change` also where to change it."""
    may = sections.editable(partnership, viewer) if change else ()
    url = reverse(f"partners:{section.name}", args=[partnership.pk]) + "?back=check"
    rows = []
    for name in sections.asked(partnership.partner, section):
        if name in sections.FILES and not change:
            continue  # such a page shows the files themselves
        if name == "legal":
            change_url = url if name in may else ""
            rows += [
                (each.required, each.text, change_url)
                for each in legal.standings(partnership)
            ]
            continue
        label, value = _row(partnership, name, viewer)
        if name == "email":
            value = breakable(value)
        rows.append((label, value, url if name in may else ""))
    return rows


def compared(
    partnership: Partnership,
    section: sections.Section,
    viewer: User,
    before,
    known,
    asked: list[legal.Standing],
) -> list[Row]:
    """The same rows beside the states `before` and `known` in which it was judged.

    `asked` are the papers that are asked of it.
    """
    rows = []
    for name in sections.asked(partnership.partner, section):
        if name == "papers":
            continue  # such a page shows the files themselves
        if name == "legal":
            rows += _legal(partnership, before, asked)
        elif name == "fields":
            then = None if before is None else _fields(before)
            now = _field_names(partnership)
            rows.append(listed(_label(partnership, name), now, then))
        else:
            say = partial(_value, reached=partnership.is_reached_by(viewer))
            record = sections.about(partnership, name)
            then = before if record is partnership else known
            rows.append(field(record, name, then, say))
    return rows


def task_list(partnership: Partnership, viewer: User) -> list[dict]:
    """The parts as a task list, each with how far it is."""
    may = sections.editable(partnership, viewer)
    missing = sections.missing(partnership)
    return [
        {
            "title": section.title,
            "url": reverse(f"partners:{section.name}", args=[partnership.pk])
            if may.intersection(section.asks)
            else "",
            "hint": ", ".join(map(str, missing[section.name])),
            **_progress(partnership, len(missing[section.name])),
        }
        for section in sections.SECTIONS
    ]


def _legal(partnership, before, asked) -> list[Row]:
    """The papers as they are now beside those that had been handed in then."""
    then = {}
    if before is not None:
        moment = before.pgh_created_at
        for each in legal.standings_on(partnership, moment):
            then[each.required.pk] = each.text
    return [
        row(str(each.required), each.text, then.get(each.required.pk)) for each in asked
    ]


def _field_names(partnership) -> list[str]:
    return list(map(in_readers_words, partnership.field_names))


def known_then(before):
    """What was known of the partner itself by the state `before`; None as that is."""
    if before is None:
        return None
    states = Partner.pgh_event_model.objects.filter(pgh_obj_id=before.partner_id)
    states = states.filter(pgh_created_at__lte=before.pgh_created_at)
    return states.order_by("pgh_id").last()


def _fields(before) -> list[str]:
    """What was ticked then, in the order of the list."""
    offers = Offer.pgh_event_model.objects.filter(partnership=before.pgh_obj_id)
    offers = standing(offers, before.pgh_created_at, "field_id")
    fields = Field.objects.filter(pk__in=[offer.field_id for offer in offers])
    return [in_readers_words(field.name) for field in fields]


def repairs(partnership: Partnership) -> list:
    """What the last examination called not met, while the partner repairs it."""
    if partnership.status != Partnership.Status.RETURNED:
        return []
    return list(partnership.findings.newest().filter(is_met=False))


def _progress(partnership, count):
    if count:
        said = ngettext("%(count)s isian kosong", "%(count)s isian kosong", count)
        return {"status": said % {"count": count}, "tone": "warn"}
    if partnership.status == Partnership.Status.RETURNED:
        # What must be repaired may stand in any part: none is called complete.
        return {"status": _("Terisi"), "tone": "neutral"}
    return {"status": _("Lengkap"), "tone": "good"}


def _row(partnership, name, viewer):
    if name == "papers":
        files, _papers = legal.files_of(partnership)
        return _("Berkas pendukung"), ", ".join(map(str, files)) or "–"
    record = sections.about(partnership, name)
    reached = partnership.is_reached_by(viewer)
    return _label(record, name), _value(record, name, reached)


def _label(record, name):
    return capfirst(record._meta.get_field(name).verbose_name)


def _value(record, name, reached):
    if name == "fields":
        return ", ".join(_field_names(record))
    value = getattr(record, name)
    if value in (None, ""):
        return ""
    if reached:
        return international(value) if name == "phone" else said(record, name)
    if name == "phone":
        return mask_phone(value)
    if name == "email":
        return mask_email(value)
    if name in {"contact_name", "address"}:
        return _("Disembunyikan")
    return said(record, name)
