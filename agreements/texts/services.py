"""The versions of a text: made from what is on record, or handed in from Word."""

import hashlib
from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.register.models import Agreement
from agreements.texts.articles import Text
from agreements.texts.compare import (
    Change,
    changes_between,
    compared,
    differing,
    kinship,
    latest_text,
)
from agreements.texts.composing import composed
from agreements.texts.models import TextVersion
from agreements.texts.papers import AgreementText
from agreements.texts.reading import Reading, read
from agreements.texts.srikandi import lacking_in, restored, without_variables
from partners.models import WordTemplate
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document, IssuedDocument
from pokmas.notices.telling import officers, own_people, tell
from pokmas.papers import services as papers
from pokmas.papers.kinds import PAPERS
from pokmas.papers.printing import as_printed
from pokmas.papers.srikandi import BLANK

DOWNLOADED = "textversion.downloaded"
# Of a text with fewer of its Pasal left a file is hardly the next version.
KIN = 0.5
Origin = TextVersion.Origin
# Sent within the transaction with `version` and `by`.
version_added = Signal()


@transaction.atomic
def make(agreement: Agreement, *, by: User) -> TextVersion:
    """The next version from what is on record, with its Word file and PDF."""
    agreement.begin("make_text", by=by)
    version = follow(agreement, by=by)
    if version is None:
        raise ValidationError(
            _("Data kerja sama belum berubah sejak naskah versi %(number)s dibuat.")
            % {"number": latest_text(agreement).number}
        )
    return version


def follow(agreement: Agreement, *, by: User) -> TextVersion | None:
    """The next version, if what is on record by now makes it another."""
    latest = latest_text(agreement)
    text, made = _composed(agreement, by)
    if latest and latest.content == text:
        return None
    version = _add(agreement, text, Origin.MADE, base=latest, by=by, **made)
    if version.file:
        documents.attach(version.file, version, by=by)
    Entry.record(by, "agreement.text_made", agreement, version=version.number)
    return version


def _composed(agreement: Agreement, by: User) -> tuple[Text, dict]:
    """What it says; if the office has a Word file of its own, that file and what is
    read in it."""
    kind = AgreementText.kind
    template = WordTemplate.objects.in_use_at(agreement.office, kind)
    # Whoever asks for it, it is Indonesian.
    with as_printed(agreement.office):
        if template is None:
            return composed(agreement, agreement.office.today), {}
        content = PAPERS[kind].filled(template, agreement)
    name = f"naskah-{agreement.pk}.docx"
    sent = SimpleUploadedFile(name, content, str(Document.Kind.DOCX))
    file = documents.store(sent, by=by, kinds=[Document.Kind.DOCX])
    return read(file).text, {"file": file, "sha256": file.sha256}


@transaction.atomic
def upload(
    agreement: Agreement,
    *,
    by: User,
    file: Document,
    reading: Reading,
    base: TextVersion | None,
    note: str = "",
    seen: int,
    step: str = "upload_text",
    origin: str = Origin.UPLOADED,
) -> TextVersion:
    """Keep a Word file as the next version; `seen` is the number of the newest one
    that the person was told of.

    Whoever hands in texts by another step says which.
    """
    agreement.begin(step, by=by)
    latest = latest_text(agreement)
    if latest and latest.number != seen:
        raise ValidationError(_newer(latest, base), code="newer")
    if latest and is_same(latest, file):
        raise ValidationError(same_as(latest))
    version = _add(
        agreement,
        reading.text,
        origin,
        base=base,
        by=by,
        file=file,
        note=note,
        tracked=reading.tracked,
        comments=reading.comments,
        sha256=file.sha256,
    )
    documents.attach(file, version, by=by)
    Entry.record(by, "agreement.text_uploaded", agreement, version=version.number)
    tell(
        agreement,
        "text",
        [
            *(own_people(agreement) if agreement.may_be_told else ()),
            *officers(agreement, "agreements.change_agreement"),
        ],
        gettext_lazy("Naskah versi %(number)s diunggah: %(name)s"),
        gettext_lazy("Bandingkan dengan versi sebelumnya."),
        by=by,
        number=str(version.number),
    )
    return version


def _add(agreement, text: Text, origin, *, by: User, **fields) -> TextVersion:
    latest = latest_text(agreement)
    version = TextVersion(
        agreement=agreement,
        number=latest.number + 1 if latest else 1,
        origin=origin,
        text=text.as_json(),
        **fields,
    )
    version.save_new(by)
    agreement.touch()
    papers.ask(AgreementText.kind, version, by=by)
    version_added.send(TextVersion, version=version, by=by)
    return version


def downloaded(version: TextVersion, *, by: User) -> None:
    """Who takes a Word file will hand in what becomes of it."""
    Entry.record(by, DOWNLOADED, version)


def likely_base(agreement: Agreement, user: User) -> TextVersion | None:
    """The version that this person took or handed in last; the newest, if none."""
    rows = agreement.texts.for_list()
    last = Entry.objects.filter(
        about_type=ContentType.objects.get_for_model(TextVersion),
        about_id__in=rows.values("pk"),
        action=DOWNLOADED,
        actor=user,
    )
    taken = last.order_by("-pk").values_list("about_id", "at").first()
    own = rows.filter(created_by=user).exclude(origin=Origin.MADE).first()
    if own and (taken is None or own.created_at > taken[1]):
        return own
    return rows.filter(pk=taken and taken[0]).first() or latest_text(agreement)


# What whoever hands in a file should know first


def cautions(
    agreement: Agreement, base: TextVersion | None, reading: Reading
) -> list[str]:
    """None if the file is the next version as it should be."""
    latest = latest_text(agreement)
    said = [*reading.cautions, *_of_origin(agreement, base, reading)]
    if _lacks(latest, base, reading):
        said.append(_newer(latest, base, reading.text))
    return said


def reads_same(version: TextVersion | None, reading: Reading) -> bool:
    """Whether it says what that version says, in whatever file."""
    return version is not None and not differing(
        compared(version.content, reading.text)
    )


def is_same(version: TextVersion, file: Document) -> bool:
    """Whether it is the very file that people take."""
    if file.sha256 == version.sha256:
        return True
    word = word_of(version)
    if word is None:
        return False
    with word.open() as kept:
        taken = without_variables(kept.read())
    return hashlib.sha256(taken).hexdigest() == file.sha256


def word_of(version: TextVersion) -> FieldFile | None:
    """The file of its Word, if it is there."""
    if version.file:
        return version.file.file if version.file.is_available else None
    issued = PAPERS[AgreementText.kind].latest(version)
    return issued.word if issued and issued.is_sealed and issued.word else None


def same_as(version: TextVersion) -> str:
    return _("Berkas ini sama persis dengan naskah versi %(number)s.") % {
        "number": version.number
    }


def _of_origin(agreement, base, reading) -> list[str]:
    said = []
    if not reading.text.articles:
        said.append(
            _(
                "Tidak ada judul Pasal yang terbaca di berkas ini, sehingga "
                "perubahannya tidak dapat ditunjukkan per Pasal."
            )
        )
    source = _source_of(reading)
    if source and source.agreement_id != agreement.pk:
        said.append(_("Berkas ini berasal dari naskah kerja sama lain."))
    elif source and base and source != made_of(base):
        said.append(
            _(
                "Menurut berkasnya, naskah ini turunan versi %(source)s, bukan versi "
                "%(base)s."
            )
            % {"source": source.number, "base": base.number}
        )
    if base and reading.text.articles and kinship(base.content, reading.text) < KIN:
        said.append(
            _(
                "Isi berkas ini hampir seluruhnya lain dari versi %(base)s. Pastikan "
                "berkasnya benar."
            )
            % {"base": base.number}
        )
    return said


def _source_of(reading: Reading) -> TextVersion | None:
    """The version of which our code still stands in the file."""
    found = IssuedDocument.objects.filter(
        code__in=reading.codes, kind=AgreementText.kind
    ).first()
    return found and found.owner


def made_of(version: TextVersion) -> TextVersion:
    """The one that the portal made last of those from which this descends: its code
    stays in each file that is edited from there."""
    while version.base and version.origin != Origin.MADE:
        version = version.base
    return version


def restored_from(version: TextVersion | None, reading: Reading) -> Reading:
    """With the variables of SRIKANDI, of which the file of a version shows blanks."""
    if version is None:
        return reading
    text = restored(reading.text, made_of(version).content)
    return replace(reading, text=text)


def lacking(version: TextVersion) -> list[str]:
    """The variables of SRIKANDI that cannot be put into its Word file any more."""
    return lacking_in(version.content, made_of(version).content)


def _lacks(
    latest: TextVersion | None, base: TextVersion | None, reading: Reading
) -> bool:
    """Whether the newest version says something that the file does not."""
    if latest is None or latest == base:
        return False
    return base is None or bool(_lacking(base, latest, reading.text))


def _lacking(base: TextVersion, latest: TextVersion, text: Text | None) -> list[Change]:
    """What has changed since `base`, except what stands in the text as well."""
    changed = differing(changes_between(base, latest))
    if text is None:
        return changed
    other = {each.old for each in differing(compared(latest.content, text))}
    said = {article.said for article in text.said_as(BLANK.placed).articles}
    return [
        each
        for each in changed
        if (each.old.said in said if each.is_gone else each.new in other)
    ]


def _newer(
    latest: TextVersion, base: TextVersion | None, text: Text | None = None
) -> str:
    """What has changed since the version from which a file descends, and which of it
    the file changes too."""
    words = {"number": latest.number, "by": latest.created_by}
    if base is None or base == latest:
        return _("Sementara itu ada naskah versi %(number)s (%(by)s).") % words
    changed = _lacking(base, latest, text)
    words["base"] = base.number
    words["changes"] = "; ".join(map(str, changed)) or _("tidak ada yang berubah")
    said = _(
        "Sejak versi %(base)s sudah ada versi %(number)s (%(by)s): %(changes)s. Berkas "
        "Anda tidak memuat perubahan itu."
    )
    said %= words
    if text and (both := _changed_by_both(changed, base, text)):
        said += " " + _("Yang juga Anda ubah: %(both)s.") % {"both": ", ".join(both)}
    return said


def _changed_by_both(changed, base: TextVersion, text: Text) -> list[str]:
    own = {each.old for each in differing(compared(base.content, text)) if each.old}
    return [each.old.name for each in changed if each.old in own]
