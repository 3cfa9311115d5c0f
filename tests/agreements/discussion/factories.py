"""Answers of partners, and comments."""

import factory
from factory.django import DjangoModelFactory

from tests.agreements.factories import AgreementFactory
from tests.agreements.texts.factories import TextVersionFactory


class TextAnswerFactory(DjangoModelFactory):
    """A yes to the first version, which is made with it."""

    class Meta:
        model = "agreements.TextAnswer"

    agreement = factory.SubFactory(AgreementFactory, status="discussion")
    version = factory.SubFactory(
        TextVersionFactory, agreement=factory.SelfAttribute("..agreement")
    )
    verdict = "agree"
    answered_by = factory.SubFactory("tests.pokmas.factories.UserFactory")


class TextCommentFactory(DjangoModelFactory):
    class Meta:
        model = "agreements.TextComment"

    agreement = factory.SubFactory(AgreementFactory, status="discussion")
    version = factory.SubFactory(
        TextVersionFactory, agreement=factory.SelfAttribute("..agreement")
    )
    article = "2"
    text = "Ruang lingkup belum jelas."
    created_by = factory.SubFactory("tests.pokmas.factories.UserFactory")
