"""Versions of texts."""

import factory
from factory.django import DjangoModelFactory

from agreements.texts.articles import Article, Line, Text
from agreements.texts.papers import AgreementText
from pokmas.documents import services as documents
from tests.agreements.factories import AgreementFactory

TEXT = Text(
    (Line("PERJANJIAN KERJA SAMA", is_centred=True), Line("Pada hari ini:")),
    (
        Article("1", "MAKSUD", ("Maksud perjanjian ini adalah pelatihan menjahit.",)),
        Article(
            "2",
            "RUANG LINGKUP",
            ("(1) Pelatihan menjahit bagi klien.", "(2) Pendampingan usaha kecil."),
        ),
        Article("3", "BIAYA", ("Biaya ditanggung para pihak menurut bagiannya.",)),
        Article("4", "PENUTUP", ("Perjanjian ini dibuat dalam dua rangkap.",)),
    ),
    (("PIHAK KESATU", "Kepala Uji"), ("PIHAK KEDUA", "Maria Uji")),
)


class TextVersionFactory(DjangoModelFactory):
    """One that the portal made; with `is_printed` its files are there."""

    class Meta:
        model = "agreements.TextVersion"
        skip_postgeneration_save = True

    agreement = factory.SubFactory(AgreementFactory)
    number = 1
    origin = "made"
    text = factory.LazyFunction(TEXT.as_json)
    created_by = factory.SubFactory("tests.pokmas.factories.UserFactory")

    @factory.post_generation
    def is_printed(version, create, given, **more):
        if given:
            issued = documents.issue(
                kind=AgreementText.kind,
                office=version.office,
                owner=version,
                title="Naskah",
                holder="Mitra",
                is_draft=True,
            )
            documents.seal(issued, b"%PDF-", 1, word=b"PK")
