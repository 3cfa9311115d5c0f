"""The scan of what both sides signed."""

from django.core.files.uploadedfile import SimpleUploadedFile

from pokmas.accounts.models import User
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from tests.pokmas.documents.corpus import pdf


def scan_of(user: User) -> Document:
    return documents.store(
        SimpleUploadedFile("pks.pdf", pdf(), "application/pdf"), by=user
    )
