"""The content of a paper to PDF."""

import contextlib
from collections.abc import Callable, Iterator

from django.utils import timezone, translation

from pokmas.accounts.models import User
from pokmas.documents import pdf
from pokmas.documents.models import IssuedDocument
from pokmas.offices.models import Office
from pokmas.papers.blocks import Content


@contextlib.contextmanager
def as_printed(office: Office) -> Iterator[None]:
    """Papers are Indonesian, and tell the time of their office."""
    with translation.override("id"), timezone.override(office.tzinfo):
        yield


def pdf_of(
    content: Content,
    issued: IssuedDocument,
    *,
    made_by: User | None,
    told: Callable[[int, int], None] | None = None,
    rows_a_part: int = pdf.LONG_TABLE,
) -> pdf.Rendered:
    told_of = {"issued": issued, "made_by": made_by, "made_at": timezone.now()}
    if content.is_clean:
        told_of = {"period": issued.number}
    return pdf.render(
        "pdf/paper.html",
        {
            **told_of,
            "content": content,
            "office": issued.office,
            "paper_size": content.paper_size or issued.office.paper_size,
        },
        images=content.images,
        annexes=[
            pdf.Annex("pdf/paper_annex.html", annex.table.rows, {"annex": annex})
            for annex in content.annexes
        ],
        told=told,
        rows_a_part=rows_a_part,
    )
