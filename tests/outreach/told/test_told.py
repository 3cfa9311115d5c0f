"""Who takes part is told of changes, and written to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity, News
from outreach.plans import services as plans
from outreach.told import people, services
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db


class World:
    """A unit with an activity of next week: of a partner whose person has an account,
    and of a group that is led by one without."""

    def __init__(self):
        self.unit = UnitFactory()
        self.operator = person(Role.UNIT_OPERATOR, self.unit)
        self.other = person(Role.UNIT_OPERATOR, self.unit)
        guest = PartnershipFactory(office=self.unit, status="active")
        self.guest_of = guest.partner
        self.guest = RepresentativeFactory(partner=guest.partner).user
        leader = self.leader = PartnershipFactory(
            office=self.unit,
            status="active",
            contact_name="Ibu Ketua",
            phone="+6281234567890",
        )
        group = CommunityGroupFactory(office=self.unit, status="active")
        GroupMembershipFactory(group=group, partner=leader, role="chair")
        self.activity = ActivityFactory(
            office=self.unit,
            partners=[guest.partner],
            group=group,
            starts_at=timezone.now() + timedelta(7),
            place="Balai Desa Tarus",
            created_by=self.operator,
        )

    def move(self, **changes):
        activity = Activity.objects.get(pk=self.activity.pk)
        for name, value in changes.items():
            setattr(activity, name, value)
        plans.change(activity, revision=activity.revision, by=self.operator)

    def told(self, user=None):
        return list(
            Notice.objects.filter(
                user=user or self.guest, kind__startswith="activity."
            ).order_by("pk")
        )


@pytest.fixture
def world(db):
    return World()


def later():
    return timezone.now() + timedelta(minutes=6)


def test_those_who_take_part_are_found_each_once(world):
    found = people.of(world.activity, without=world.operator)

    assert {each.user for each in found} == {world.guest, world.other, None}
    assert [each.name for each in found if each.user is None] == ["Ibu Ketua"]


def test_whoever_leads_its_group_reads_of_it_where_he_may(world, sign_in):
    leader = RepresentativeFactory(partner=world.leader).user

    services.write(world.activity, subject="Perihal", text="Isi", by=world.operator)

    [notice] = world.told(leader)
    client = sign_in(leader)
    assert client.get(world.activity.get_absolute_url()).status_code == 404
    assert client.get(notice.url).status_code == 200


def test_who_planned_it_and_works_elsewhere_now_hears_no_more_of_it(world):
    world.operator.assignments.update(office=UnitFactory())

    assert world.operator not in {each.user for each in people.of(world.activity)}


def test_a_text_leads_only_to_what_its_reader_may_open(world, sign_in):
    leader = RepresentativeFactory(partner=world.leader).user
    gone = RepresentativeFactory(partner=world.guest_of).user
    services.write(world.activity, subject="Perihal", text="Isi", by=world.operator)
    gone.representations.update(ended_on=timezone.localdate())
    client = sign_in(world.operator)

    def text_for(user):
        recipient = News.objects.get().recipients.get(user=user)
        address = ["outreach.recipient", recipient.pk, "news"]
        page = client.get(reverse("notices:whatsapp", args=address))
        return page.context["prepared"].text

    assert world.activity.get_absolute_url() in text_for(world.guest)
    assert world.activity.group.get_absolute_url() in text_for(leader)
    assert "http" not in text_for(gone)


def test_several_changes_within_minutes_are_told_as_one(world):
    world.move(place="Aula Kecamatan")
    world.move(
        place="Aula Bupati", starts_at=world.activity.starts_at + timedelta(hours=1)
    )
    assert services.tell_of_moves() == 0

    told = [services.tell_of_moves(later()) for _again in range(2)]

    [notice] = world.told()
    assert told == [1, 0]
    assert "Balai Desa Tarus → Aula Bupati" in notice.body
    assert notice.body.count("→") == 2
    assert "Aula Kecamatan" not in notice.body
    [news] = News.objects.all()
    assert news.said == notice.body
    assert {each.name for each in news.recipients.all()} == {
        world.guest.full_name,
        world.other.full_name,
        "Ibu Ketua",
    }


def test_what_was_put_back_is_told_to_nobody(world):
    world.move(place="Aula Kecamatan")
    world.move(place="Balai Desa Tarus")

    assert services.tell_of_moves(later()) == 0

    assert world.told() == []
    assert not News.objects.exists()


def test_another_title_is_no_news(world):
    world.move(title="Penyuluhan lain")

    assert not News.objects.exists()


def test_who_moved_what_was_cancelled_is_told_of_the_end_alone(world):
    world.move(place="Aula Kecamatan")
    plans.cancel(world.activity, reason="Hujan lebat", by=world.operator)

    services.tell_of_moves(later())

    [notice] = world.told()
    assert (notice.kind, notice.body) == ("activity.cancelled", "Hujan lebat")
    assert world.told(world.operator) == []


def test_an_organiser_writes_to_all_and_sees_who_was_told(world, sign_in):
    client = sign_in(world.operator)
    page = reverse("outreach:write", args=[world.activity.pk])
    assert "Ibu Ketua" in client.get(page).text
    sent = {"subject": "Bawa alat tulis", "text": "Kami tunggu.", "revision": 0}

    answer = client.post(page, sent, follow=True)
    again = client.post(page, sent)

    news = News.objects.get()
    assert answer.redirect_chain[-1][0] == news.get_absolute_url()
    assert again.status_code == 200  # an older page is not taken
    [notice] = world.told()
    assert (notice.title, notice.body) == ("Bawa alat tulis", "Kami tunggu.")
    assert "Pesan disampaikan." in answer.text
    assert "tanpa akun" in answer.text
    contact = news.recipients.get(user=None)
    text = client.get(
        reverse("notices:whatsapp", args=["outreach.recipient", contact.pk, "news"])
    ).text
    assert "Bawa alat tulis. Kami tunggu." in text


def test_news_is_between_officers_of_the_unit(world, sign_in):
    services.write(world.activity, subject="Perihal", text="Isi", by=world.operator)
    news = News.objects.get()
    page = reverse("outreach:write", args=[world.activity.pk])

    assert sign_in(world.guest).get(news.get_absolute_url()).status_code == 404
    assert sign_in(world.guest).get(page).status_code == 403
    stranger = sign_in(person(Role.UNIT_OPERATOR, UnitFactory()))
    assert stranger.get(news.get_absolute_url()).status_code == 404


def test_a_letter_says_something(world, sign_in):
    client = sign_in(world.operator)
    page = reverse("outreach:write", args=[world.activity.pk])

    answer = client.post(page, {"subject": " ", "text": "Isi <script>", "revision": 0})

    assert "Isi &lt;script&gt;" in answer.text
    assert not News.objects.exists()
