"""Files that an office adds to an item of the action plan, and its bundle."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document, IssuedDocument
from pokmas.offices.models import Office
from pokmas.papers import services as papers
from pokmas.words import dates
from reports.bundles.gathering import Gathering, Shown
from reports.bundles.models import PlanFile, PlanItem
from reports.figures.periods import Period

KEEP = "reports.keep_evidence"
BUNDLE = "reports.bundle"
NOT_OWN = gettext_lazy("Berkas tambahan diisi oleh kantornya sendiri.")
# What still goes through a slow line and onto any disk.
MOST_BYTES = 200 * 1024 * 1024


def may_add(user: User, office: Office) -> bool:
    """An office adds files to what is its own."""
    return user.has_perm(KEEP) and user.acting.office_id == office.pk


@transaction.atomic
def item_of(office: Office, code: str, period: Period, *, by: User) -> PlanItem:
    """The one there is, else a new one."""
    item, is_new = PlanItem.objects.get_or_create(
        office=office,
        code=code,
        kind=period.kind,
        starts_on=period.first,
        defaults={"created_by": by},
    )
    if is_new:
        Entry.record(by, "planitem.created", item)
    return item


@transaction.atomic
def add(file: PlanFile, item: PlanItem, *, document: Document, by: User) -> PlanFile:
    """Keep a file where the records give none."""
    if not may_add(by, item.office):
        raise ValidationError(NOT_OWN)
    if item.period.first > item.office.today:
        raise ValidationError(_("Masa ini belum dimulai."))
    file.item, file.document = item, document
    file.full_clean(exclude=["submission_key"])
    kept = file.save_new(by)
    if kept is file:
        documents.attach(document, item, by=by)
        Entry.record(by, "planitem.file_added", item, file=file.shows)
    return kept


@transaction.atomic
def remove(file: PlanFile, *, by: User) -> None:
    """Bundles that were made keep their copy."""
    item = PlanItem.objects.select_for_update().get(pk=file.item_id)
    file = PlanFile.objects.select_related("document").filter(pk=file.pk).first()
    if file is None:
        raise ValidationError(_("Berkas ini sudah dihapus."))
    if not may_add(by, item.office):
        raise ValidationError(NOT_OWN)
    document, shows = file.document, file.shows
    file.delete()
    documents.discard(document, by=by)
    Entry.record(by, "planitem.file_removed", item, file=shows)


def bundle(item: PlanItem, *, by: User) -> IssuedDocument:
    """Ask for one ZIP of all of it; pressed twice it is made once."""
    gathering = Gathering(item.office, item.period, by)
    indicator = gathering.indicator(item.code)
    if indicator is None:
        raise ValidationError(_("Indikator ini tidak diukur pada masa itu."))
    if refusal := why_not(gathering.of(indicator)):
        raise ValidationError(refusal)
    return papers.ask(BUNDLE, item, by=by)


def why_not(shown: Shown) -> str:
    """Why no bundle can be made of it; "" if one can."""
    if not shown.pieces:
        return _("Belum ada satu pun berkas bukti untuk dimasukkan ke paket.")
    if shown.size > MOST_BYTES:
        return _(
            "Berkasnya %(size)s; satu paket paling besar %(limit)s. Pilih masa yang "
            "lebih pendek, misalnya satu bulan."
        ) % {
            "size": dates.file_size(shown.size),
            "limit": dates.file_size(MOST_BYTES),
        }
    return ""
