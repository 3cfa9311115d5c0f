"""What the tests of partners and groups share."""

from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from tests.factories import UserFactory


@pytest.fixture
def applicant(db):
    """Somebody with a verified address and no role yet."""
    user = UserFactory()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


@pytest.fixture
def pdf():
    """Makes an upload: a real PDF of one empty page."""

    def make(name="berkas.pdf"):
        writer = PdfWriter()
        writer.add_blank_page(width=200, height=200)
        content = BytesIO()
        writer.write(content)
        return SimpleUploadedFile(name, content.getvalue(), "application/pdf")

    return make
