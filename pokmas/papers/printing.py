"""The content of a paper to PDF."""

import contextlib
from collections.abc import Iterator

from django.utils import timezone, translation

from pokmas.accounts.models import User
from pokmas.documents import pdf
from pokmas.documents.letterhead import letterhead_of
from pokmas.documents.models import IssuedDocument
from pokmas.offices.models import Office
from pokmas.papers.blocks import Content
from pokmas.papers.typesetting import Typesetting, foot_of, made_now


@contextlib.contextmanager
def as_printed(office: Office) -> Iterator[None]:
    """Papers are Indonesian, and tell the time of their office."""
    with translation.override("id"), timezone.override(office.tzinfo):
        yield


def pdf_of(
    content: Content, issued: IssuedDocument, *, made_by: User | None
) -> pdf.Rendered:
    with as_printed(issued.office):
        setting = Typesetting(content, issued.office)
        is_draft, foot = issued.is_draft, foot_of(issued)
        if content.is_clean:
            foot = [f"{issued.office_name} · {issued.number}"]
        return _printed(
            setting,
            title=str(issued),
            author=issued.office_name,
            keywords=[] if is_draft else [issued.code],
            letterhead=issued.letterhead,
            foot=foot,
            draft=is_draft and not content.is_clean,
            verification=None if is_draft else setting.verification(issued, made_by),
        )


def sheet_of(content: Content, office: Office, *, title: str) -> pdf.Rendered:
    """What is handed out and kept nowhere: it has no code."""
    with as_printed(office):
        return _printed(
            Typesetting(content, office),
            title=title,
            author=office.name,
            keywords=[],
            letterhead=vars(letterhead_of(office)),
            foot=[f"{office.name} · {made_now()}"],
            draft=False,
            verification=None,
        )


def _printed(setting: Typesetting, **about) -> pdf.Rendered:
    data = setting.data() | about
    files = {each.name: each.content for each in setting.content.attached}
    return pdf.render(
        data, drawings=setting.drawings, photos=setting.photos, attached=files
    )
