"""File fields whose uploads survive an error elsewhere in the form."""

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.documents import services as documents
from pokmas.documents.inspection import what_is
from pokmas.documents.models import Document
from pokmas.words import dates

KINDS = [Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG]
PHOTOS = [Document.Kind.JPEG, Document.Kind.PNG]
# They become JPEG, as all photos do.
ALSO_PHOTOS = ["image/webp", "image/heic", "image/heif", ".heic", ".heif"]
MOST_PAGES = 20
# What is no error: the pages are there, and are looked at once more.
GATHERED = "gathered"
KEPT_FOR_SECONDS = 24 * 60 * 60


class KeptFiles:
    """What one file field was sent: new uploads, and tokens of those kept before."""

    def __init__(self, uploads, tokens):
        self.uploads = uploads
        self.tokens = tokens

    def __bool__(self):
        return bool(self.uploads or self.tokens)


class KeptFileInput(forms.FileInput):
    template_name = "django/forms/widgets/kept_file.html"
    user = None
    # Whether photos are gathered as the pages of a PDF, whether they were just now, and
    # what they have become.
    binds = gathers = False
    bound = None

    def value_from_datadict(self, data, files, name):
        several = hasattr(data, "getlist")
        uploads = files.getlist(name) if hasattr(files, "getlist") else files.get(name)
        tokens = data.getlist(f"{name}_kept") if several else data.get(f"{name}_kept")
        removed = data.getlist(f"{name}_remove") if several else ()
        return KeptFiles(
            [upload for upload in _listed(uploads) if upload],
            [token for token in _listed(tokens) if token not in removed],
        )

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}_kept" not in data

    def format_value(self, value):
        return None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        sent = value if isinstance(value, KeptFiles) else KeptFiles([], [])
        found = [upload.document for upload in sent.uploads if _is_stored(upload)]
        if self.bound:
            found = [self.bound]
        elif self.binds and found and all(row.is_image for row in found):
            kept = documents_of(sent.tokens, self.user)
            found = [*(row for row in kept if row.is_image), *found]
        elif not (found and not self.allow_multiple_selected):
            found = [*found, *documents_of(sent.tokens, self.user)]
        context["kept"] = [(token_of(row, self.user), row) for row in _once(found)]
        context["is_busy"] = any(
            hasattr(upload, "is_put_off") for upload in sent.uploads
        )
        context["binds"] = self.binds and any(row.is_image for row in found)
        context["stored"] = value if isinstance(value, Document) else None
        if self.gathers:
            context["widget"]["attrs"].pop("aria-invalid", None)
        return context


class KeptFilesInput(KeptFileInput):
    allow_multiple_selected = True


class KeptFileField(forms.FileField):
    """An uploaded file, cleaned to a `Document` that the service gives an owner.

    A file that passed the checks is kept although another field was wrong: its token
    is sent again with the form. A RecordForm sets `user`; another form must do so.
    """

    widget = KeptFileInput

    def __init__(self, *, kinds=KINDS, **kwargs):
        self.kinds = list(kinds)
        self.binds = Document.Kind.PDF in kinds and not set(kinds) & set(PHOTOS)
        words = _("{kinds}, paling besar {limit}.")
        if set(kinds) == set(PHOTOS):
            words = _("JPEG, PNG, HEIC, atau WebP, paling besar {limit} setiap foto.")
        elif self.binds:
            words = _(
                "{kinds}, atau foto halamannya untuk dijadikan PDF; paling besar "
                "{limit} setiap berkas."
            )
        kwargs["help_text"] = kwargs.get("help_text") or format_lazy(
            words,
            kinds=", ".join(Document.Kind(kind).label for kind in self.kinds),
            limit=dates.file_size(settings.MAX_UPLOAD_BYTES),
        )
        super().__init__(**kwargs)
        self.widget.binds = self.binds

    @property
    def user(self):
        return self.widget.user

    @user.setter
    def user(self, user):
        self.widget.user = user

    def widget_attrs(self, widget):
        if self.binds:
            accepted = [*self.kinds, *PHOTOS, *ALSO_PHOTOS]
            return {
                "accept": ",".join(accepted),
                "multiple": True,
                "data-photo": "2200",
            }
        if set(self.kinds) & set(PHOTOS):
            accepted = [*self.kinds, *ALSO_PHOTOS]
            return {"accept": ",".join(accepted), "data-photo": "1600"}
        return {"accept": ",".join(self.kinds)}

    def bound_data(self, data, initial):
        return data or initial

    def clean(self, data, initial=None):
        found = self.documents(data)
        if len(found) > 1 and self.binds:
            raise ValidationError(
                _("Pilih satu berkas PDF; Anda memilih %(count)s."),
                code="too_many",
                params={"count": len(found)},
            )
        if found:
            return found[0]
        if initial is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return initial or None

    def documents(self, data):
        """New uploads, stored, then those kept from the time before, each once.

        What is refused is named after all were looked at: the good ones are kept.
        """
        stored, refusals = [], []
        for upload in data.uploads if data else []:
            try:
                document = self._stored(upload)
            except ValidationError as refusal:
                refusals.append(refusal)
                if refusal.code == "busy":
                    upload.is_put_off = True
            else:
                upload.document = document
                stored.append(document)
        if refusals:
            raise ValidationError(refusals)
        kept = documents_of(data.tokens if data else [], self.user)
        if self.binds:
            return self._bound(stored, kept)
        return _once(stored + [row for row in kept if row.kind in self.kinds])

    def _stored(self, upload):
        if self.binds and what_is(upload) == "image":
            return documents.store(upload, by=self.user, kinds=PHOTOS, is_page=True)
        return documents.store(upload, by=self.user, kinds=self.kinds)

    def _bound(self, stored, kept):
        """Photographed pages become a PDF when the form is sent once more with them.

        Until then nothing is wrong: who took them sees them in their order.
        """
        ready = [row for row in stored if not row.is_image]
        if ready:
            return _once(ready)
        if stored:
            self.widget.gathers = True
            raise ValidationError(
                _(
                    "Foto halaman sudah diterima. Periksa urutannya di bawah, lalu "
                    "kirim formulir ini sekali lagi: semua foto itu dijadikan satu PDF."
                ),
                code=GATHERED,
            )
        pages = _once([row for row in kept if row.is_image])
        if len(pages) > MOST_PAGES:
            raise ValidationError(
                _("Paling banyak %(most)s halaman foto; Anda memilih %(count)s."),
                code="too_many",
                params={"most": MOST_PAGES, "count": len(pages)},
            )
        if pages:
            self.widget.bound = documents.bind(pages, by=self.user)
            return [self.widget.bound]
        return _once([row for row in kept if row.kind in self.kinds])

    def has_changed(self, initial, data):
        return bool(data)


class KeptFilesField(KeptFileField):
    """Several files, cleaned to a list of `Document`."""

    widget = KeptFilesInput

    def __init__(self, *, at_most=10, **kwargs):
        self.at_most = at_most
        super().__init__(**kwargs)
        self.help_text = format_lazy(
            "{words} {limit}",
            words=self.help_text,
            limit=format_lazy(_("Paling banyak {most} berkas."), most=at_most),
        )

    def clean(self, data, initial=None):
        count = len(data.uploads) + len(data.tokens) if data else 0
        if count > self.at_most:
            raise ValidationError(
                _("Paling banyak %(most)s berkas; Anda memilih %(count)s."),
                code="too_many",
                params={"most": self.at_most, "count": count},
            )
        found = self.documents(data)
        if not found and self.required and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


def token_of(document: Document, user) -> str:
    """A signed proof that this very person uploaded the file a moment ago."""
    return signing.dumps([document.pk, user and user.pk], salt="pokmas.kept-file")


def documents_of(tokens, user) -> list[Document]:
    """The kept files of `tokens`; a false, old or spent one counts for nothing."""
    ids = []
    for token in tokens:
        try:
            pk, owner = signing.loads(
                token, salt="pokmas.kept-file", max_age=KEPT_FOR_SECONDS
            )
        except signing.BadSignature:
            continue
        if owner == (user and user.pk):
            ids.append(pk)
    if not ids:
        return []
    return list(Document.objects.filter(pk__in=ids, owner_type=None))


def _once(found: list[Document]) -> list[Document]:
    """Without those of equal content; the others are swept like any left behind."""
    return list({row.sha256: row for row in reversed(found)}.values())[::-1]


def _listed(value):
    return value if isinstance(value, list) else [value] if value else []


def _is_stored(upload):
    return isinstance(upload, UploadedFile) and hasattr(upload, "document")
