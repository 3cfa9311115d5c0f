"""The main job of a portal whose files are in a bucket, with a real worker."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from partners.models import CommunityGroup, Field, Partnership
from pokmas.accounts.roles import Role
from pokmas.documents import belonging
from pokmas.jobs.models import FileStore
from reports.figures.periods import Month
from reports.models import Report
from tests.factories import (
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    ticks,
)
from tests.pokmas.documents.corpus import pdf, upload
from tests.pokmas.jobs.processes import WORKER, environment, running
from tests.pokmas.s3 import CLOSED
from tests.waiting import PATIENCE, wait_until

pytestmark = [
    pytest.mark.bucket,
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
    pytest.mark.django_db(transaction=True),
]

# The last month that is over: a report is handed in after its month.
MONTH = Month.of(date.today()).back(1)


@pytest.fixture
def worker(bucket, tmp_path):
    """Starts one whose files are in the bucket; its log is kept for a failing test."""

    def start(**changed):
        env = environment(
            connection.settings_dict["NAME"], **bucket.environment(**changed)
        )
        log = (tmp_path / "worker.log").open("wb")
        return running(*WORKER, "--queues=default,pdf,notify", env=env, log=log)

    return start


def url(name, row):
    return reverse(f"partners:{name}", args=[row.pk])


def test_from_a_paper_handed_in_to_a_report_that_anyone_can_check(
    bucket, worker, sign_in, client
):
    unit = UnitFactory()
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)

    with worker():
        partnership = register(sign_in, unit)
        vet(sign_in, operator, head, partnership)
        group = found_group(sign_in, operator, head, partnership)
        report = ask_for_report(sign_in, operator, unit)
        issued = wait_until(lambda: made_of(report), what="report is made")
    client = sign_in(head)
    address = issued.get_absolute_url()
    whole = client.get(address)
    rest = client.get(
        address, headers={"Range": "bytes=1000-", "If-Range": whole["ETag"]}
    )
    content = whole.getvalue()
    copy = SimpleUploadedFile("salinan.pdf", content)
    client.logout()
    checked = client.post(reverse("documents:check"), {"file": copy})

    paper = partnership.papers.get()
    assert {issued.file.name, group.decree.file.name, paper.file.name} < (
        bucket.objects()
    )
    assert (rest.status_code, rest["Content-Range"]) == (
        206,
        f"bytes 1000-{issued.size - 1}/{issued.size}",
    )
    assert content[1000:] == rest.getvalue()
    assert "Berkas Anda sama persis dengan yang diterbitkan." in checked.text
    with default_storage.open(belonging.NAME) as file:
        assert file.read().decode() == FileStore.objects.get().mark


def register(sign_in, unit) -> Partnership:
    partnership = PartnershipFactory(
        office=unit, status="draft", is_self_registered=True
    )
    client = sign_in(RepresentativeFactory(partner=partnership).user)
    work = {
        "contact_name": "Maria Uji",
        "phone": "0812 3456 7890",
        "fields": [Field.objects.first().pk],
        "services": "Pelatihan menjahit",
        "papers": [upload("akta.pdf", pdf(2))],
        "revision": partnership.revision,
    }
    client.post(url("work", partnership), work)
    client.post(url("check", partnership), ticks())
    partnership.refresh_from_db()
    assert (partnership.status, partnership.papers.count()) == ("submitted", 1)
    return partnership


def vet(sign_in, operator, head, partnership):
    paper = partnership.papers.get()
    client = sign_in(operator)
    page = client.get(paper.get_page_url(2, 1))
    assert (page.status_code, page["Content-Type"]) == (200, "image/jpeg")
    client.post(
        url("verify", partnership), {"rest_is_met": "on", "verdict": "verifying"}
    )
    sign_in(head).post(url("decide", partnership), {"verdict": "approved"})
    partnership.refresh_from_db()
    assert partnership.status == "approved"


def found_group(sign_in, operator, head, partnership) -> CommunityGroup:
    client = sign_in(operator)
    client.post(
        reverse("partners:group_create"),
        {"name": "Pokmas Satu", "field": Field.objects.first().pk},
    )
    group = CommunityGroup.objects.get()
    member = {
        "members": [partnership.pk],
        f"role_{partnership.pk}": "chair",
        "starts_on": f"{MONTH.first}",
    }
    client.post(url("group_add_member", group), member)
    client.post(url("group_assess", group), {"assessment": "Layak"})
    decree = {
        "decree_number": "W.22-1",
        "decree_on": f"{MONTH.first:%d-%m-%Y}",
        "decree": upload("sk.pdf", pdf()),
    }
    sign_in(head).post(url("group_establish", group), decree)
    group.refresh_from_db()
    assert group.status == "established"
    return group


def ask_for_report(sign_in, operator, unit) -> Report:
    asked = {"office": unit.pk, "period": f"monthly:{MONTH.first}"}
    sign_in(operator).post(reverse("reports:create"), asked)
    return Report.objects.get()


def made_of(report):
    report.refresh_from_db()
    return report.issued if report.issued and report.issued.is_sealed else None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"POKMAS_S3_ENDPOINT": CLOSED}, "Penyimpanan berkas tidak menjawab."),
        ({"POKMAS_S3_PREFIX": "lain"}, "bukan yang dipakai basis data"),
        ({"POKMAS_S3_BUCKET": ""}, "bukan yang dipakai basis data"),
    ],
    ids=["away", "another", "a folder"],
)
def test_a_worker_does_not_start_without_the_store_of_its_jobs(
    bucket, worker, tmp_path, changed, words
):
    belonging.check()

    with worker(POKMAS_MEDIA_ROOT=str(tmp_path / "kosong"), **changed) as program:
        code = program.process.wait(PATIENCE)

    log = (tmp_path / "worker.log").read_text()
    assert (code, words in log) == (1, True)
