"""Send what is due: mail at once or as a digest, and SMS through a gateway.

A worker takes notices by a lease before it sends them, so that two workers never send
the same one; what could not be sent stays due and is tried again, ever more seldom.
"""

import http.client
import json
import logging
import smtplib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pokmas.accounts.mail import AUTOMATIC
from pokmas.accounts.models import User
from pokmas.notices import services
from pokmas.notices.models import Notice
from pokmas.offices.models import Zone

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=6)  # longer than a task may run
RUN_SECONDS = 150
DIGEST_HOUR = 7
MONDAY = 0
LONGEST_PAUSE = timedelta(hours=6)
SMS_TRIES = 8
SMS_PAUSE = timedelta(minutes=15)
GATEWAY_SECONDS = 10

Frequency = User.Frequency
# The server speaks, but refuses this one message.
REFUSED = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)


class ServerAway(Exception):
    """The mail server or SMS gateway cannot be reached; what is due stays due."""


# Runs


def send_mails() -> int:
    """One mail for each due notice of those who want to know at once."""
    _settle(timezone.now())
    return _mail_all(_next_immediate)


def send_digests() -> int:
    """One mail a day or week to those who asked for that, from 07:00 their time on."""
    now = timezone.now()
    _settle(now)
    readers = _digest_readers(now)
    return _mail_all(lambda: _next_digest(readers, now))


def send_texts() -> int:
    """One SMS to each person with new notices who asked for it."""
    _settle(timezone.now())
    sent = 0
    try:
        for notices in _while_there_is_time(_next_texts):
            sent += _text(notices)
    except ServerAway as error:
        logger.warning("The SMS gateway is away: %s", error)
    return sent


def _mail_all(take: Callable[[], list[Notice]]) -> int:
    server, sent = get_connection(), 0
    try:
        for notices in _while_there_is_time(take):
            sent += _mail(server, notices)
    except ServerAway as error:
        logger.warning("The mail server is away: %s", error)
    finally:
        server.close()
    return sent


def _settle(now: datetime) -> None:
    """Decide for what is due now whether its reader wants it by mail and by SMS."""
    gone = Q(user__is_active=False)
    Notice.objects.to_mail(now).filter(
        gone | Q(user__notify_by_mail=Frequency.NONE)
    ).update(mail_wanted=False)
    texts = Notice.objects.to_text(now)
    if settings.SMS_GATEWAY:
        texts = texts.filter(gone | Q(user__notify_by_sms=False) | Q(user__phone=""))
    texts.update(text_wanted=False)


def _while_there_is_time(take: Callable[[], list[Notice]]) -> Iterator[list[Notice]]:
    until = time.monotonic() + RUN_SECONDS
    while time.monotonic() < until and (notices := take()):
        yield notices


# Taking: a short transaction that leaves a lease on the rows


@transaction.atomic
def _next_immediate() -> list[Notice]:
    now = timezone.now()
    due = Notice.objects.to_mail(now).filter(user__notify_by_mail=Frequency.IMMEDIATE)
    return _take(_free(due, "mail_after", now)[:1], "mail_after", now)


@transaction.atomic
def _next_digest(readers: list[tuple[User, datetime]], now: datetime) -> list[Notice]:
    while readers:
        user, until = readers.pop()
        due = Notice.objects.to_mail(until).filter(user=user)
        if notices := _take(_free(due, "mail_after", now), "mail_after", now):
            return notices
    return []


@transaction.atomic
def _next_texts() -> list[Notice]:
    """All that is due to the person who waits longest, unless told a moment ago."""
    now = timezone.now()
    lately = Notice.objects.filter(texted_at__gt=now - SMS_PAUSE).values("user_id")
    due = Notice.objects.to_text(now).exclude(user_id__in=lately)
    oldest = _free(due, "text_after", now).first()
    if oldest is None:
        return []
    rows = _free(due.filter(user=oldest.user), "text_after", now)
    return _take(rows, "text_after", now)


def _free(due: QuerySet, lease: str, now: datetime) -> QuerySet:
    """Those that no other worker holds, locked for the moment of taking them."""
    return (
        due.filter(Q(**{lease: None}) | Q(**{f"{lease}__lte": now}))
        .select_related("user")
        .select_for_update(skip_locked=True, of=["self"])
        .order_by("due_at", "pk")
    )


def _take(rows: QuerySet, lease: str, now: datetime) -> list[Notice]:
    notices = list(rows)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        **{lease: now + LEASE}
    )
    return notices


# Digests


def _digest_readers(now: datetime) -> list[tuple[User, datetime]]:
    """People with something for a digest, each with the moment up to which it goes."""
    latest = max(digest_until(now, ZoneInfo(zone), Frequency.DAILY) for zone in Zone)
    waiting = Notice.objects.to_mail(latest).values("user_id")
    readers = User.objects.filter(
        pk__in=waiting, notify_by_mail__in=[Frequency.DAILY, Frequency.WEEKLY]
    )
    return [
        (user, digest_until(now, zone_of(user), user.notify_by_mail))
        for user in readers
    ]


def digest_until(now: datetime, zone: ZoneInfo, frequency: str) -> datetime:
    """The last 07:00 in `zone`; for a weekly digest that of a Monday."""
    local = now.astimezone(zone)
    moment = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if moment > local:
        moment -= timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        moment -= timedelta(days=(moment.weekday() - MONDAY) % 7)
    return moment


def zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.acting.office.zone if user.acting else settings.TIME_ZONE)


# Mail


def _mail(server, notices: list[Notice]) -> bool:
    """Send one mail about `notices`, which all have one reader."""
    try:
        message = mail_about(notices)
        server.open()
        server.send_messages([message])
    except REFUSED as error:
        logger.warning("Notice %s was refused: %s", notices[0].pk, error)
        _put_off(notices, "mail")
        return False
    except (smtplib.SMTPException, OSError) as error:
        _put_back(notices, "mail")
        raise ServerAway(str(error)) from error
    except Exception:
        logger.exception("Notice %s cannot be mailed", notices[0].pk)
        _put_off(notices, "mail")
        return False
    _done(notices, "mailed_at")
    return True


def mail_about(notices: list[Notice]) -> EmailMultiAlternatives:
    """One notice as a mail of its own, several as a digest."""
    user = notices[0].user
    is_digest = user.notify_by_mail != Frequency.IMMEDIATE
    unsubscribe = services.unsubscribe_url(user)
    with translation.override(user.language), timezone.override(zone_of(user)):
        context = {
            "user": user,
            "notices": notices,
            "notice": notices[0],
            "portal": settings.BASE_URL,
            "preferences": settings.BASE_URL + reverse("notices:preferences"),
            "unsubscribe": unsubscribe,
        }
        name = "digest" if is_digest else "notice"
        subject = _digest_title(notices) if is_digest else notices[0].title
        text = render_to_string(f"pokmas/notices/mail/{name}.txt", context)
        page = render_to_string(f"pokmas/notices/mail/{name}.html", context)
    message = EmailMultiAlternatives(
        subject,
        text,
        to=[user.email],
        headers={
            **AUTOMATIC,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(page, "text/html")
    return message


def _digest_title(notices: list[Notice]) -> str:
    count = len(notices)
    words = "%(count)d pemberitahuan untuk Anda"
    return ngettext(words, words, count) % {"count": count}


# SMS


def _text(notices: list[Notice]) -> bool:
    try:
        reader = notices[0].user
        _post(reader.phone, _words(len(notices), reader.language), notices[0].pk)
    except urllib.error.HTTPError as error:
        logger.warning("An SMS was refused with %s", error.code)
        _put_off(notices, "text")
        if notices[0].text_failures + 1 >= SMS_TRIES:
            _give_up_texting(notices)
        return False
    except (OSError, http.client.HTTPException) as error:
        _put_back(notices, "text")
        raise ServerAway(str(error)) from error
    _done(notices, "texted_at")
    return True


def _words(count: int, language: str) -> str:
    """Short, and without a word about anybody: an SMS is read by whoever passes."""
    with translation.override(language):
        return _("Pokmas: %(count)d pemberitahuan baru untuk Anda. Buka %(url)s") % {
            "count": count,
            "url": settings.BASE_URL + reverse("notices:index"),
        }


def _post(phone: str, text: str, number: int) -> None:
    request = urllib.request.Request(  # noqa: S310 - the operator's own address
        settings.SMS_GATEWAY,
        json.dumps({"to": phone, "text": text}).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": f"notice-{number}"},
    )
    with urllib.request.urlopen(request, timeout=GATEWAY_SECONDS):  # noqa: S310
        pass


def _give_up_texting(notices: list[Notice]) -> None:
    """It stays in the inbox, and goes by mail; an SMS days later helps nobody."""
    _rows(notices).update(text_wanted=False)


# What becomes of what was taken


def _rows(notices: list[Notice]) -> QuerySet:
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])


def _done(notices: list[Notice], name: str) -> None:
    _rows(notices).update(**{name: timezone.now()})


def _put_back(notices: list[Notice], way: str) -> None:
    """Nobody's fault: the next run may try at once."""
    _rows(notices).update(**{f"{way}_after": None})


def _put_off(notices: list[Notice], way: str) -> None:
    """Try again, ever more seldom."""
    failures = max(getattr(notice, f"{way}_failures") for notice in notices)
    pause = min(timedelta(minutes=2**failures), LONGEST_PAUSE)
    _rows(notices).update(
        **{
            f"{way}_after": timezone.now() + pause,
            f"{way}_failures": F(f"{way}_failures") + 1,
        }
    )
