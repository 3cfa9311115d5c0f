from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from outreach.results import services as results
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry, Inspection
from pokmas.jobs.models import Heartbeat, Job
from pokmas.notices import services
from pokmas.notices.models import Notice
from pokmas.notices.telling import next_in_turn, settle_overtaken
from pokmas.notices.telling import tell as tell_of
from tests.factories import (
    ActivityFactory,
    HeadquartersFactory,
    PartnershipFactory,
    PostFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db


def tell(recipients, **more):
    services.notify(recipients, **{"kind": "uji", "title": "Ada kabar", **more})


# Who


def test_the_head_of_a_unit_is_found_at_the_unit():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)
    person(Role.UNIT_HEAD, UnitFactory())

    assert list(services.holders(Role.UNIT_HEAD, unit)) == [head]


def test_the_reviewer_of_a_unit_is_found_at_its_kanwil():
    unit = UnitFactory()
    reviewer = person(Role.REGIONAL_REVIEWER, unit.region)
    person(Role.REGIONAL_REVIEWER)

    assert list(services.holders([Role.REGIONAL_REVIEWER], unit)) == [reviewer]


def test_headquarters_is_found_from_everywhere():
    post = PostFactory()
    boss = person(Role.HEADQUARTERS, HeadquartersFactory())

    assert list(services.holders(Role.HEADQUARTERS, post)) == [boss]


def test_a_post_without_an_operator_has_that_of_its_unit():
    post = PostFactory()
    of_unit = person(Role.UNIT_OPERATOR, post.parent)

    before = list(services.holders(Role.UNIT_OPERATOR, post))
    of_post = person(Role.UNIT_OPERATOR, post)
    after = list(services.holders(Role.UNIT_OPERATOR, post))

    assert (before, after) == ([of_unit], [of_post])


def test_several_roles_are_found_each_at_its_own_level():
    unit = UnitFactory()
    people = {person(Role.UNIT_HEAD, unit), person(Role.REGIONAL_ADMIN, unit.region)}

    found = services.holders([Role.UNIT_HEAD, Role.REGIONAL_ADMIN], unit)

    assert set(found) == people


def test_who_left_is_not_found():
    unit = UnitFactory()
    gone, closed = (person(Role.UNIT_HEAD, unit) for _ in range(2))
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.filter(user=gone).update(
        starts_on=yesterday - timedelta(days=30), ends_on=yesterday
    )
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert list(services.holders(Role.UNIT_HEAD, unit)) == []


def test_without_an_office_nobody_is_found():
    person(Role.HEADQUARTERS)

    assert list(services.holders(Role.HEADQUARTERS, None)) == []


def test_who_may_do_something_is_found_by_the_table_of_roles():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)
    person(Role.UNIT_OPERATOR, unit)

    assert list(services.who_may("partners.approve_partner", unit)) == [head]


# Telling


def test_each_recipient_is_told_once_with_the_same_key():
    people = [UserFactory(), UserFactory()]

    for _ in range(3):
        tell(people, key="mitra-1")

    assert Notice.objects.count() == 2


def test_another_key_tells_again():
    user = UserFactory()

    tell(user, key="mitra-1")
    tell(user, key="mitra-2")
    tell(user)

    assert user.notices.count() == 3


def test_a_key_too_long_for_the_table_still_tells_apart():
    user = UserFactory()

    for end in ("a", "b", "b"):
        tell(user, key="x" * 300 + end)

    assert user.notices.count() == 2


def test_a_notice_leads_to_what_it_is_about():
    partner = PartnershipFactory()
    user = UserFactory()

    tell(user, about=partner)

    notice = user.notices.get()
    assert (notice.about, notice.url) == (partner, partner.get_absolute_url())


@pytest.mark.parametrize("url", ["https://lain.test/", "//lain.test/", "/\\lain.test"])
def test_a_notice_never_leads_out_of_the_portal(url):
    with pytest.raises(IntegrityError), transaction.atomic():
        tell(UserFactory(), url=url)


def test_a_notice_is_in_indonesian_whoever_caused_it():
    user = UserFactory()

    with translation.override("en"):
        tell(user, title=gettext_lazy("Simpan"))

    assert user.notices.get().title == "Simpan"


def test_a_title_fits_on_one_line():
    user = UserFactory()

    tell(user, title="Kabar\npanjang " + "x" * 300)

    title = user.notices.get().title
    assert (len(title), title[:15], title[-1]) == (200, "Kabar panjang x", "…")


def test_a_closed_account_is_told_nothing():
    tell(UserFactory(is_active=False))

    assert Notice.objects.count() == 0


def test_a_notice_of_the_future_is_not_yet_in_the_inbox():
    user = UserFactory()

    tell(user, due_at=timezone.now() + timedelta(days=30))

    assert Notice.objects.visible_to(user).count() == 0


def test_a_notice_is_rolled_back_with_what_it_tells():
    user = UserFactory()

    @transaction.atomic
    def refused_in_the_end():
        tell(user)
        raise ValidationError("Tidak jadi.")

    with pytest.raises(ValidationError):
        refused_in_the_end()

    assert Notice.objects.count() == 0


def test_who_waits_for_work_is_told_once_that_it_failed():
    user = UserFactory()
    Job.objects.create(
        kind="documents.scan",
        key="k",
        state=Job.State.FAILED,
        reason="Huruf tidak ditemukan.",
        requested_by=user,
        finished_at=timezone.now(),
        url="/partners/1/",
    )

    for _ in range(2):
        services.tell_of_failed_jobs()

    notice = user.notices.get()
    assert (notice.title, notice.body, notice.url) == (
        "Gagal disusun: Pemindaian virus",
        "Huruf tidak ditemukan.",
        "/partners/1/",
    )


def test_a_failure_is_told_however_long_nobody_told_anything():
    user = UserFactory()
    Job.objects.create(
        kind="documents.scan",
        key="k",
        state=Job.State.FAILED,
        requested_by=user,
        finished_at=timezone.now() - timedelta(days=10),
    )

    for _ in range(2):
        services.tell_of_failed_jobs()

    assert user.notices.count() == 1


def test_a_second_failure_is_told_again():
    user = UserFactory()
    job = Job.objects.create(
        kind="documents.scan", key="k", state=Job.State.FAILED, requested_by=user
    )
    for minutes in (30, 10):
        Job.objects.update(finished_at=timezone.now() - timedelta(minutes=minutes))
        services.tell_of_failed_jobs()

    assert user.notices.filter(url=job.get_absolute_url()).count() == 2


def test_headquarters_is_told_once_of_a_broken_trail():
    boss = person(Role.HEADQUARTERS)
    Inspection.objects.create(
        finished_at=timezone.now(),
        faults=[{"table": "audit_entry", "id": 1, "fault": "changed"}],
    )

    for _ in range(2):
        services.warn_of_trail_faults()

    assert [notice.title for notice in boss.notices.all()] == ["Jejak audit tidak utuh"]


def test_a_broken_trail_is_told_though_a_later_check_found_nothing():
    boss = person(Role.HEADQUARTERS)
    fault = {"table": "audit_entry", "id": 1, "fault": "changed"}
    Inspection.objects.create(finished_at=timezone.now(), faults=[fault])
    Inspection.objects.create(finished_at=timezone.now())

    services.warn_of_trail_faults()

    assert boss.notices.count() == 1


def test_nobody_is_told_of_a_trail_that_is_whole():
    person(Role.HEADQUARTERS)
    Inspection.objects.create(finished_at=timezone.now())

    services.warn_of_trail_faults()

    assert Notice.objects.count() == 0


def test_headquarters_is_told_once_that_the_nights_do_not_come_round():
    boss = person(Role.HEADQUARTERS)
    Inspection.objects.create(finished_at=timezone.now() - timedelta(days=3))

    for _ in range(2):
        services.warn_of_late_checks()

    titles = [notice.title for notice in boss.notices.all()]
    assert titles == ["Pemeriksaan jejak audit terlambat"]


@pytest.mark.parametrize(
    ("notes", "hours", "told"),
    [
        ([], 0, 1),
        ([[]], 1, 0),
        ([[]], 37, 1),
        ([[], ["--failed"]], 1, 1),
        ([["--failed"], []], 1, 0),
    ],
    ids=["none", "good", "old", "failed", "good again"],
)
def test_headquarters_is_told_once_that_backups_fail(notes, hours, told):
    boss = person(Role.HEADQUARTERS)
    for words in notes:
        call_command("note_backup", *words)
    Heartbeat.objects.update(at=F("at") - timedelta(hours=hours))

    for _ in range(2):
        services.warn_of_backups()

    titles = [notice.title for notice in boss.notices.all()]
    assert titles == ["Cadangan data tidak berjalan"] * told


# How to be told


def test_a_changed_preference_leaves_an_entry():
    user = UserFactory()

    services.set_preferences(user, by=user, notify_by_mail=User.Frequency.DAILY)

    user.refresh_from_db()
    entry = Entry.objects.about(user).get()
    assert (user.notify_by_mail, entry.action, entry.details) == (
        "daily",
        "user.preferences",
        {"notify_by_mail": "daily"},
    )


def test_an_unchanged_preference_leaves_none():
    user = UserFactory()

    services.set_preferences(user, by=user, notify_by_mail=user.notify_by_mail)

    assert Entry.objects.count() == 0


def test_sms_without_a_phone_number_is_refused():
    user = UserFactory(phone="")

    with pytest.raises(ValidationError, match="nomor telepon"):
        services.set_preferences(user, by=user, notify_by_sms=True)


def test_the_link_in_a_mail_says_whose_it_is():
    user = UserFactory()
    token = services.unsubscribe_url(user).rstrip("/").rsplit("/", 1)[1]

    assert services.unsubscriber(token) == user
    assert services.unsubscriber(token[:-1] + "x") is None


# WhatsApp


def test_the_whatsapp_link_carries_number_and_text_whatever_is_in_it():
    text = "Yth. Ibu Maria & kawan, 100% siap?\nBuka https://pokmas.test/?a=1#b"

    link = urlsplit(services.whatsapp_link("+6281234567890", text))

    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(link.query) == {"text": [text]}


# Requests that are over


def test_what_asked_for_a_step_is_new_to_nobody_once_it_was_taken():
    activity = ActivityFactory(status="reported")
    heads = [person(Role.UNIT_HEAD, activity.office) for _ in range(2)]
    tell_of(activity, "reported", next_in_turn(activity), "Periksa")
    tell_of(activity, "news", heads, "Ada kabar")
    settle_overtaken()
    before = Notice.objects.unread().count()

    results.send_back(activity, reason="Foto kurang", by=heads[0])
    settle_overtaken()

    left = Notice.objects.unread().filter(user__in=heads)
    assert before == 4
    assert {(notice.user, notice.kind) for notice in left} == {
        (head, "activity.news") for head in heads
    }
