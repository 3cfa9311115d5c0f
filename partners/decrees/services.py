"""An office's own Word files: handed in, taken into use, and put aside again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.decrees.models import WordTemplate
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.offices.models import Office


@transaction.atomic
def upload(office: Office, kind: str, *, file: Document, by: User) -> WordTemplate:
    """Keep the next version; it is used once somebody says so."""
    rows = _locked(office, kind)
    last = rows.order_by("-version").first()
    template = WordTemplate(
        office=office,
        kind=kind,
        version=last.version + 1 if last else 1,
        file=file,
        created_by=by,
    )
    template.save()
    documents.attach(file, template, by=by)
    Entry.record(by, "wordtemplate.uploaded", template, file=file.name)
    return template


@transaction.atomic
def use(template: WordTemplate, *, by: User) -> None:
    """From now on the Word files of its office follow this version."""
    rows = _locked(template.office, template.kind)
    template.refresh_from_db()
    if template.is_in_use:
        return
    if not template.file.is_available:
        raise ValidationError(_("Berkas ini masih diperiksa. Coba lagi sebentar."))
    rows.filter(is_in_use=True).update(is_in_use=False)
    template.is_in_use = True
    template.save(update_fields=["is_in_use"])
    Entry.record(by, "wordtemplate.used", template, kind=template.kind)


@transaction.atomic
def put_aside(template: WordTemplate, *, by: User) -> None:
    """Back to the portal's own Word file."""
    _locked(template.office, template.kind)
    template.refresh_from_db()
    if not template.is_in_use:
        return
    template.is_in_use = False
    template.save(update_fields=["is_in_use"])
    Entry.record(by, "wordtemplate.put_aside", template, kind=template.kind)


def _locked(office, kind):
    """The versions there are, one person at a time for an office."""
    Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    return WordTemplate.objects.filter(office=office, kind=kind)
