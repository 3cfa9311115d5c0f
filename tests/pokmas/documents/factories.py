"""Files and issued documents for tests, with a record of a known scope as owner."""

import factory
from factory.django import DjangoModelFactory

from pokmas.documents.letterhead import letterhead_of
from pokmas.documents.models import Document, IssuedDocument
from tests.factories import UnitFactory
from tests.pokmas.documents import corpus


class DocumentFactory(DjangoModelFactory):
    """A stored file. Its owner, if any, is an office: whoever sees it sees the file."""

    class Meta:
        model = Document

    file = factory.django.FileField(data=corpus.pdf(), filename="acak")
    name = "naskah.pdf"
    kind = Document.Kind.PDF
    size = len(corpus.pdf())
    sha256 = "0" * 64


class IssuedDocumentFactory(DjangoModelFactory):
    class Meta:
        model = IssuedDocument

    kind = "tests.paper"
    office = factory.SubFactory(UnitFactory)
    owner = factory.SelfAttribute("office")
    office_name = factory.LazyAttribute(lambda issued: issued.office.name)
    letterhead = factory.LazyAttribute(
        lambda issued: vars(letterhead_of(issued.office))
    )
    title = "Laporan uji"
    holder = "Pokmas Uji"
    number = "UJI-1"
