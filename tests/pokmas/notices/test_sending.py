"""Mail and SMS: each notice goes out once, and none is lost."""

import smtplib
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.utils import timezone

from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.notices import sending, services, tasks
from pokmas.notices.models import Notice
from tests.factories import UnitFactory, UserFactory, person
from tests.pokmas.notices.servers import Gateway, MailServer, serving

pytestmark = pytest.mark.django_db

Frequency = User.Frequency


def reader(**fields):
    return UserFactory(**{"full_name": "Maria Uji", **fields})


def tell(user, **more):
    services.notify(user, **{"kind": "uji", "title": "Ada kabar", **more})
    return Notice.objects.latest("pk")


@pytest.fixture
def smtp(settings):
    with serving(MailServer()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def gateway(settings):
    with serving(Gateway()) as server:
        settings.SMS_GATEWAY = server.url
        yield server


# At once


def test_a_notice_is_mailed_once_however_often_the_task_runs():
    notice = tell(reader())

    for _ in range(3):
        tasks.send_due_notices()

    notice.refresh_from_db()
    assert len(mail.outbox) == 1
    assert notice.mailed_at is not None


def test_the_mail_says_what_where_and_how_to_change_it():
    user = reader(email="maria@contoh.test")
    notice = tell(
        user, title="Mitra diajukan", body="Yayasan <Uji> & kawan.", url="/partners/1/"
    )

    sending.send_mails()

    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Mitra diajukan", ["maria@contoh.test"])
    page, kind = message.alternatives[0]
    assert kind == "text/html"
    link = f"http://testserver/notices/{notice.pk}/open/"
    for text in (message.body, page):
        assert "Yth. Maria Uji," in text
        assert link in text
        assert "http://testserver/notices/preferences/" in text
    assert "Yayasan <Uji> & kawan." in message.body
    assert "Yayasan &lt;Uji&gt; &amp; kawan." in page


@pytest.mark.usefixtures("stopped_clock")
def test_the_mail_programme_can_unsubscribe_with_one_click():
    user = reader()
    tell(user)

    sending.send_mails()

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{services.unsubscribe_url(user)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_notice_of_the_future_waits():
    tell(reader(), due_at=timezone.now() + timedelta(hours=1))

    sending.send_mails()

    assert mail.outbox == []


def test_a_run_that_was_missed_loses_nothing():
    tell(reader(), due_at=timezone.now() - timedelta(days=40))

    sending.send_mails()

    assert len(mail.outbox) == 1


def test_who_wants_no_mail_gets_none_and_none_of_the_old_ones_later():
    user = reader(notify_by_mail=Frequency.NONE)
    tell(user)
    sending.send_mails()
    User.objects.filter(pk=user.pk).update(notify_by_mail=Frequency.IMMEDIATE)

    sending.send_mails()

    assert mail.outbox == []
    assert Notice.objects.to_mail(timezone.now()).count() == 0


def test_a_closed_account_is_not_written_to():
    user = reader()
    tell(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    sending.send_mails()

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_notice_once():
    for _ in range(30):
        tell(reader())
    start = threading.Barrier(4)

    def work():
        start.wait()
        sending.send_mails()
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        User.objects.values_list("email", flat=True)
    )
    assert Notice.objects.filter(mailed_at=None).count() == 0


def test_one_that_a_dead_worker_held_is_sent_after_its_lease():
    notice = tell(reader())
    Notice.objects.update(mail_after=timezone.now() + sending.LEASE)
    sending.send_mails()
    before = len(mail.outbox)

    with time_machine.travel(timezone.now() + sending.LEASE + timedelta(seconds=1)):
        sending.send_mails()

    notice.refresh_from_db()
    assert (before, len(mail.outbox)) == (0, 1)


# With a real mail server


def test_mails_of_one_run_go_over_one_connection(smtp):
    for _ in range(3):
        tell(reader())

    sending.send_mails()

    assert (len(smtp.received), smtp.sessions) == (3, 1)


def test_while_the_mail_server_is_away_all_stays_due_and_is_sent_later(settings, smtp):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for _ in range(3):
        tell(reader())
    sent = sending.send_mails()
    waiting = Notice.objects.to_mail(timezone.now()).count()
    settings.EMAIL_PORT = port

    sending.send_mails()

    assert (sent, waiting, len(smtp.received)) == (0, 3, 3)


def test_one_refused_address_does_not_hold_up_the_others(smtp):
    bad, good = reader(email="salah@contoh.test"), reader()
    smtp.refuse.add(bad.email)
    tell(bad)
    tell(good)

    sending.send_mails()

    assert [to for to, _body in smtp.received] == [good.email]
    assert [n.user for n in Notice.objects.to_mail(timezone.now())] == [bad]


def test_a_refused_mail_is_tried_again_ever_more_seldom(smtp):
    user = reader()
    smtp.refuse.add(user.email)
    notice = tell(user)
    pauses = []

    with time_machine.travel(timezone.now(), tick=False) as now:
        for _ in range(12):
            sending.send_mails()
            notice.refresh_from_db()
            pauses.append(notice.mail_after - timezone.now())
            now.move_to(notice.mail_after)
        smtp.refuse.clear()
        sending.send_mails()

    assert pauses[:3] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert pauses[-1] == sending.LONGEST_PAUSE
    assert [to for to, _body in smtp.received] == [user.email]


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(monkeypatch):
    broken, good = tell(reader()), tell(reader())
    real = sending.mail_about
    monkeypatch.setattr(
        sending,
        "mail_about",
        lambda notices: real(notices) if notices == [good] else 1 / 0,
    )

    sending.send_mails()

    assert len(mail.outbox) == 1
    assert list(Notice.objects.to_mail(timezone.now())) == [broken]


def test_a_mail_server_that_ends_the_talk_is_tried_again_next_time(monkeypatch):
    notice = tell(reader())

    def hang_up(notices):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "mail_about", hang_up)
        sending.send_mails()
    sending.send_mails()

    notice.refresh_from_db()
    assert (notice.mail_failures, len(mail.outbox)) == (0, 1)


# Digests


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Jakarta", 0), ("Asia/Makassar", 23), ("Asia/Jayapura", 22)],
    ids=["WIB", "WITA", "WIT"],
)
def test_the_daily_digest_goes_out_at_seven_where_the_reader_works(zone, hour):
    seven = datetime(2026, 11, 22, hour, tzinfo=UTC)  # a Sunday, or the evening before

    with time_machine.travel(seven - timedelta(hours=5), tick=False) as now:
        user = person(Role.UNIT_HEAD, UnitFactory(zone=zone))
        User.objects.update(notify_by_mail=Frequency.DAILY)
        tell(user)
        now.move_to(seven - timedelta(minutes=1))
        sending.send_digests()
        early = len(mail.outbox)
        now.move_to(seven)
        for _ in range(3):
            sending.send_digests()

    assert (early, len(mail.outbox)) == (0, 1)


def test_a_digest_holds_all_that_came_since_the_last_one():
    user = reader(notify_by_mail=Frequency.DAILY)
    with time_machine.travel("2026-11-22 23:59Z", tick=False) as now:
        tell(user, title="Kabar pertama")
        tell(user, title="Kabar kedua", url="/partners/1/")
        now.move_to("2026-11-23 00:01Z")  # 07.01 WIB
        tell(user, title="Kabar ketiga")
        sending.send_digests()
        first = mail.outbox[-1]
        now.move_to("2026-11-24 00:01Z")
        sending.send_digests()
        second = mail.outbox[-1]

    assert first.subject == "2 pemberitahuan untuk Anda"
    assert "Kabar pertama" in first.body
    assert "Kabar kedua" in first.body
    assert "Kabar ketiga" not in first.body
    assert "Kabar ketiga" in second.body
    assert len(mail.outbox) == 2


def test_a_digest_says_why_something_was_refused():
    with time_machine.travel("2026-11-22 18:00Z", tick=False) as now:
        user = person(Role.PARTNER)
        User.objects.update(notify_by_mail=Frequency.DAILY)
        tell(user, title="Pendaftaran Melati ditolak", body="Nomor badan hukum salah.")
        now.move_to(datetime(2026, 11, 23, 1, tzinfo=UTC))
        sending.send_digests()

    [letter] = mail.outbox
    html, _kind = letter.alternatives[0]
    assert "Nomor badan hukum salah." in letter.body
    assert "Nomor badan hukum salah." in html


def test_the_weekly_digest_goes_out_on_monday():
    user = reader(notify_by_mail=Frequency.WEEKLY)
    sent_on = []
    with time_machine.travel("2026-11-18 05:00Z", tick=False) as now:  # a Wednesday
        tell(user)
        for _ in range(7):
            if sending.send_digests():
                sent_on.append(timezone.localdate())
            now.shift(timedelta(days=1))

    assert [f"{day:%A %d}" for day in sent_on] == ["Monday 23"]


def test_a_digest_missed_on_monday_is_sent_on_tuesday():
    user = reader(notify_by_mail=Frequency.WEEKLY)
    with time_machine.travel("2026-11-20 05:00Z", tick=False) as now:
        tell(user)
        now.move_to("2026-11-24 09:00Z")

        assert sending.send_digests() == 1


def test_without_news_there_is_no_digest():
    reader(notify_by_mail=Frequency.DAILY)

    assert sending.send_digests() == 0
    assert mail.outbox == []


def test_who_wants_to_know_at_once_gets_no_digest():
    tell(reader(), due_at=timezone.now() - timedelta(days=2))

    assert sending.send_digests() == 0


# SMS


def texter(**fields):
    return reader(**{"notify_by_sms": True, "phone": "+6281234567890", **fields})


def test_an_sms_says_that_there_is_news_and_nothing_of_whom(gateway):
    tell(texter(), title="Mitra Yayasan Uji disetujui")

    for _ in range(3):
        tasks.send_due_notices()

    assert gateway.received == [
        {
            "to": "+6281234567890",
            "text": "Pokmas: 1 pemberitahuan baru untuk Anda. "
            "Buka http://testserver/notices/",
        }
    ]


def test_several_notices_make_one_sms(gateway):
    user = texter()
    for _ in range(4):
        tell(user)

    sending.send_texts()

    assert [text["text"].split(".")[0] for text in gateway.received] == [
        "Pokmas: 4 pemberitahuan baru untuk Anda"
    ]


def test_the_next_sms_waits_a_quarter_of_an_hour(gateway):
    user = texter()
    with time_machine.travel(timezone.now(), tick=False) as now:
        tell(user)
        sending.send_texts()
        tell(user)
        sending.send_texts()
        soon = len(gateway.received)
        now.shift(timedelta(minutes=16))
        sending.send_texts()

    assert (soon, len(gateway.received)) == (1, 2)


@pytest.mark.parametrize("fields", [{"notify_by_sms": False}, {"phone": ""}])
def test_who_asked_for_no_sms_gets_none(gateway, fields):
    tell(texter(**fields))

    sending.send_texts()

    assert gateway.received == []


def test_a_gateway_that_fails_is_tried_again(gateway):
    notice = tell(texter())
    gateway.status = 503
    sending.send_texts()
    gateway.status = 200

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        sending.send_texts()

    notice.refresh_from_db()
    assert (len(gateway.received), notice.texted_at is not None) == (1, True)


def test_while_the_gateway_is_away_all_stays_due(settings, gateway):
    url, settings.SMS_GATEWAY = settings.SMS_GATEWAY, "http://127.0.0.1:1/"
    tell(texter())
    sending.send_texts()
    settings.SMS_GATEWAY = url

    sending.send_texts()

    assert len(gateway.received) == 1


def test_an_sms_that_is_refused_for_good_is_given_up_but_the_notice_stays(gateway):
    user = texter()
    notice = tell(user)
    gateway.status = 400

    with time_machine.travel(timezone.now(), tick=False) as now:
        for _ in range(sending.SMS_TRIES):
            sending.send_texts()
            now.shift(timedelta(hours=7))

    notice.refresh_from_db()
    assert (notice.text_wanted, list(Notice.objects.visible_to(user))) == (
        False,
        [notice],
    )


def test_without_a_gateway_no_sms_waits_for_one():
    tell(texter())

    sending.send_texts()

    assert Notice.objects.to_text(timezone.now()).count() == 0
