"""A meeting of restorative justice: reported, explained, verified and told of."""

import pytest
from django.apps import apps
from django.urls import reverse

from outreach.models import Activity, Restitution, RestorativeOutcome
from outreach.restorative import first
from pokmas.accounts.roles import Role
from pokmas.words import dates
from tests.factories import ActivityFactory, ActivityTypeFactory, person
from tests.pokmas.documents.corpus import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUTPUT = "Kedua pihak didengar dan menyepakati cara memulihkan kerugiannya."


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_what_is_odd_is_explained_and_what_the_media_told_is_added(visit):
    first.fill(apps)
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    kind = ActivityTypeFactory(code="rj", name="Pertemuan uji", is_restorative=True)
    activity = ActivityFactory(office=unit, type=kind, title="Pertemuan pemulihan")
    ActivityFactory(office=unit, type=kind, status="verified", output=OUTPUT)

    officer = visit(operator).open(reverse("outreach:report", args=[activity.pk]))
    officer.sees("Berapa orang hadir dari setiap pihak.").fits()
    officer.fill(
        restorative_victim_female="1", restorative_offender_male="2", output=OUTPUT
    )
    officer.attach("photos", "foto.jpg", "image/jpeg", jpeg()).tick("declared")
    officer.press("Kirim laporan").sees("Ada yang perlu diperbaiki").fits()
    agreed = RestorativeOutcome.objects.filter(is_agreement=True).first()
    officer.choose(restorative_outcome=str(agreed.pk))
    officer.tick("restorative_restitution", Restitution.objects.first().pk)
    officer.fill(follow_up="Dipantau, a.n. Budi")
    officer.press("Kirim laporan").sees("Tampak seperti nama atau nomor orang").fits()
    officer.fill(follow_up="Dipantau").press("Kirim laporan")
    officer.sees("Yang perlu dijelaskan").fits()
    officer.fill(answer_copied="Sesi kedua").press("Kirim laporan")
    officer.sees("Laporan terkirim.")

    head = visit(person(Role.UNIT_HEAD, unit))
    head.open(reverse("outreach:verify", args=[activity.pk])).fits()
    head.sees("Jawaban pelapor: Sesi kedua").sees("Pihak korban")
    head.tick("verdict", "verified").press("Simpan keputusan")
    assert Activity.objects.get(pk=activity.pk).status == "verified"

    officer.open(activity.get_absolute_url()).unfold("Tindakan")
    officer.follow("Catat liputan media").fits()
    officer.choose(kind="online").fill(
        outlet="Pos Umpama",
        headline="Berdamai di balai desa",
        published_on=dates.date_short(activity.held_on),
        link="javascript:alert(1)",
    )
    officer.press("Simpan liputan").sees("Tulis tautan lengkap")
    officer.fill(link="https://contoh.test/berita?utm_source=wa")
    officer.press("Simpan liputan").sees("Liputan media dicatat.").fits()
    officer.open(reverse("outreach:coverage_index")).sees("Pos Umpama").fits()
    officer.open(reverse("outreach:restorative_index")).sees(
        "Pertemuan pemulihan"
    ).fits()
