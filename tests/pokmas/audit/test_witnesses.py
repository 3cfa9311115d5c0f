"""The head of the chain leaves the house by itself."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from pokmas.audit import chain, services, tasks, witnesses
from pokmas.audit.models import Entry, Inspection

pytestmark = pytest.mark.django_db

KEEPER = "arsip@example.go.id"


@pytest.fixture(autouse=True)
def _somebody_keeps_heads(settings):
    settings.WITNESSES = [KEEPER]


def night():
    Entry.record(None, "office.changed")
    chain.seal_all()
    tasks.check_nightly()


def test_after_the_nights_check_its_head_is_sent_once():
    night()

    for _ in range(2):
        tasks.send_head()

    (message,) = mail.outbox
    assert message.to == [KEEPER]
    assert witnesses.heads_in(message.body) == [services.head()]
    assert "Hasil: utuh." in message.body
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_each_night_sends_its_own():
    for _ in range(2):
        night()
        tasks.send_head()

    heads = [witnesses.heads_in(message.body) for message in mail.outbox]
    assert (len(heads), heads[1]) == (2, [services.head()])
    assert witnesses.missing([head for (head,) in heads]) == []


def test_a_trail_that_is_not_whole_says_so_in_the_mail():
    night()
    Inspection.objects.update(faults=[{"table": "x", "id": 1, "fault": "changed"}])

    tasks.send_head()

    assert "TIDAK utuh" in mail.outbox[0].body


def test_without_anybody_who_keeps_heads_or_without_a_head_nothing_is_sent(settings):
    tasks.check_nightly()
    tasks.send_head()
    night()
    settings.WITNESSES = []
    tasks.send_head()

    assert mail.outbox == []


class Away(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected


def test_while_the_mail_server_is_away_the_head_waits(settings):
    night()
    back, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Away"
    tasks.send_head()
    settings.EMAIL_BACKEND = back

    tasks.send_head()

    assert len(mail.outbox) == 1
