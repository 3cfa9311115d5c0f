"""Files in a bucket: how they lie there, and what people are told when it is away."""

import hashlib
import http.server
import socket
import threading
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery.signals import worker_init
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.documents import belonging, services, waiting
from pokmas.documents.models import Document
from pokmas.health import integrity, outside
from pokmas.health import services as health
from pokmas.jobs.models import FileStore, Job
from pokmas.jobs.services import run
from pokmas.papers import services as papers
from pokmas.server import checks
from pokmas.server.outage import StoreFailed
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    EvidenceFactory,
    person,
)
from tests.outreach.results.test_pages import answers, url
from tests.pokmas.documents import corpus
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import DocumentFactory, IssuedDocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.bucket]

AWAY = "Penyimpanan berkas tidak menjawab."


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def paper(operator):
    unit = operator.acting.office
    return services.store(upload("Akta.pdf", corpus.pdf(3)), by=operator, owner=unit)


def digest(content):
    return hashlib.sha256(content).hexdigest()


# Handed in, handed out


def test_photos_of_a_form_are_objects_below_the_prefix(bucket, sign_in, operator):
    activity = ActivityFactory(office=operator.acting.office)

    data = answers(activity, photos=[upload("foto.jpg", corpus.jpeg())])
    sign_in(operator).post(url("report", activity), data)

    document = activity.evidence.get().document
    assert bucket.objects() == {document.file.name, document.thumbnail.name}
    with document.file.open() as file:
        assert digest(file.read()) == document.sha256
    with document.file.open() as again:
        assert len(again.read()) == document.size


def test_a_download_passes_the_portal_and_its_scope(bucket, sign_in, operator, paper):
    whole = sign_in(operator).get(paper.get_absolute_url())
    strange = sign_in(person(Role.UNIT_OPERATOR)).get(paper.get_absolute_url())

    assert digest(whole.getvalue()) == paper.sha256
    assert whole["Content-Length"] == str(paper.size)
    assert strange.status_code == 404


def test_head_says_the_size_and_sends_nothing(bucket, sign_in, operator, paper):
    response = sign_in(operator).head(paper.get_absolute_url())

    assert (response.status_code, response["Content-Length"]) == (200, str(paper.size))
    assert response.getvalue() == b""


# Away


def test_a_form_keeps_what_was_typed_while_the_bucket_is_away(
    bucket, sign_in, operator
):
    activity = ActivityFactory(office=operator.acting.office)
    bucket.leave()

    photos = [upload(f"{name}.jpg", corpus.jpeg()) for name in ("satu", "dua")]
    response = sign_in(operator).post(
        url("report", activity), answers(activity, photos=photos)
    )

    one, two = response.context["form"].errors["photos"]
    assert one.startswith(f"Berkas “satu.jpg” belum tersimpan. {AWAY}")
    assert two.startswith(f"Berkas “dua.jpg” belum tersimpan. {AWAY}")
    assert "Peserta memahami haknya." in response.text
    assert Document.objects.count() == 0


def test_pages_that_were_photographed_wait_for_the_bucket(bucket, operator):
    photo = services.store(upload("a.jpg", corpus.jpeg()), by=operator)
    bucket.leave()

    with pytest.raises(ValidationError, match="belum tersimpan"):
        services.bind([photo], by=operator)


def test_pages_open_and_files_say_why_not_while_the_bucket_is_away(
    bucket, sign_in, operator, paper
):
    activity = ActivityFactory(office=operator.acting.office, status="reported")
    photo = services.store(upload("a.jpg", corpus.jpeg()), by=operator)
    EvidenceFactory(activity=activity, document=photo)
    client = sign_in(operator)
    bucket.leave()

    page = client.get(activity.get_absolute_url())
    file = client.get(paper.get_absolute_url())
    in_a_page = {"Sec-Fetch-Dest": "image"}
    pictures = [
        client.get(address, headers=in_a_page)
        for address in (photo.get_thumbnail_url(), paper.get_page_url(1, 1))
    ]

    assert (page.status_code, photo.get_thumbnail_url() in page.text) == (200, True)
    assert (file.status_code, file["Retry-After"]) == (503, "10")
    assert "Berkas belum dapat dibuka" in file.text
    assert AWAY in file.text
    assert [each.status_code for each in pictures] == [503, 503]
    assert {each["Content-Type"] for each in pictures} == {"image/svg+xml"}
    assert "Gambar belum dapat dibuka" in pictures[0].text


def test_a_paper_is_checked_although_the_bucket_is_away(bucket, client):
    issued = IssuedDocumentFactory()
    services.seal(issued, corpus.pdf(), 1)
    services.approve(issued)
    bucket.leave()

    by_code = client.get(issued.get_check_url(), follow=True)
    by_file = client.post(
        reverse("documents:check"), {"file": upload("a.pdf", corpus.pdf())}
    )

    assert "Dokumen ini sah" in by_code.text
    assert "Berkas asli, tidak diubah" in by_file.text


@pytest.mark.printing
def test_a_job_waits_for_the_bucket_and_goes_on_with_it(bucket):
    agreement = AgreementFactory(status="signed")
    by = person(Role.UNIT_OPERATOR, agreement.office)
    issued = papers.ask("agreements.extract", agreement, by=by)
    bucket.leave()

    run(issued.job_id)
    waiting_job = Job.objects.get(pk=issued.job_id)
    bucket.use()
    Job.objects.update(due_at=timezone.now())
    run(issued.job_id)

    issued.refresh_from_db()
    done = Job.objects.get(pk=issued.job_id)
    assert (waiting_job.state, waiting_job.attempt) == (Job.State.QUEUED, 0)
    assert waiting_job.reason == f"{AWAY} Dilanjutkan sendiri sesudahnya."
    assert (done.state, issued.is_sealed) == (Job.State.DONE, True)


def test_a_file_is_discarded_although_the_bucket_is_away(
    bucket, operator, paper, django_capture_on_commit_callbacks
):
    bucket.leave()

    with django_capture_on_commit_callbacks(execute=True):
        services.discard(paper, by=operator)

    assert Document.objects.count() == 0


@contextmanager
def answering(status, code):
    """A server that says this to whoever asks."""
    body = f"<Error><Code>{code}</Code></Error>".encode()

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_PUT(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, "AccessDenied", "menolak akses"),
        (403, "SignatureDoesNotMatch", "menolak akses"),
        (404, "NoSuchBucket", "Wadah"),
        (507, "XMinioStorageFull", "penuh"),
        (400, "QuotaExceeded", "penuh"),
        (503, "SlowDown", "tidak menjawab"),
        (400, "AuthorizationHeaderMalformed", "menjawab dengan galat"),
    ],
)
def test_each_refusal_of_a_server_has_its_words(bucket, status, code, words):
    with answering(status, code) as address:
        bucket.use(endpoint_url=address)
        with pytest.raises(StoreFailed, match=words):
            default_storage.save("documents/uji", ContentFile(b"isi"))


def test_a_bucket_that_does_not_exist_is_said_at_start_and_at_the_field(
    bucket, operator
):
    bucket.use(bucket_name="lain")

    (error,) = checks.files_have_a_place(None, databases=["default"])
    with pytest.raises(ValidationError, match="Wadah penyimpanan berkas tidak ada"):
        services.store(upload("a.pdf", corpus.pdf()), by=operator)

    assert (error.id, "Wadah penyimpanan" in error.msg) == ("pokmas.E007", True)


# Silent


@pytest.fixture
def silent(bucket, monkeypatch):
    """Something takes each connection and never answers; whom it has kept waiting."""
    monkeypatch.setattr(waiting, "QUICK", 0)
    monkeypatch.setattr(waiting, "PAUSE", 3600)
    with socket.create_server(("127.0.0.1", 0)) as server:
        bucket.use(endpoint_url=f"http://127.0.0.1:{server.getsockname()[1]}")
        yield server


def callers(server):
    """Those who have called; none is told so, for it would call again."""
    server.setblocking(False)
    lines = []
    while True:
        try:
            lines.append(server.accept()[0])
        except BlockingIOError:
            return lines


def test_a_silent_bucket_is_given_up_and_only_one_waits_for_it(
    silent, sign_in, operator, monkeypatch
):
    monkeypatch.setattr(waiting, "REQUEST_SECONDS", 0.2)
    paper = DocumentFactory(uploaded_by=operator, file="documents/uji")
    client = sign_in(operator)

    seen = [client.get(paper.get_absolute_url()) for _turn in range(3)]

    assert [each.status_code for each in seen] == [503, 503, 503]
    assert len(callers(silent)) < 2


def test_what_a_request_waits_it_waits_once_for_all_its_questions(silent):
    with waiting.bounded(0.2), pytest.raises(StoreFailed):
        default_storage.exists("satu")
    line = default_storage._line
    line.is_dead = False

    with waiting.bounded(0), pytest.raises(StoreFailed) as caught:
        default_storage.exists("dua")

    assert caught.value.detail == "the time of this request is over"


def test_a_bucket_that_answers_again_is_asked_by_all(bucket):
    line = waiting.Line()
    line.is_dead = True

    assert line.ask(lambda: "ada") == "ada"

    assert (line.is_dead, line.ask(lambda: "lagi")) == (False, "lagi")


# How it stands


def test_the_portal_is_ready_without_the_bucket_and_its_page_names_it(bucket):
    belonging.check()
    bucket.leave()

    found = {each.name: each for each in health.all_parts()}

    assert (found["storage"].state, found["storage"].text) == ("bad", AWAY)
    assert (found["storage_mark"].state, found["storage_mark"].text) == ("warn", AWAY)


def test_a_host_whose_bucket_is_silent_is_ready(silent, client, monkeypatch):
    FileStore.objects.create(mark="tanda")
    monkeypatch.setattr(health, "STORE_SECONDS", 0.1)

    response = client.get(reverse("health:ready"))

    assert response.status_code == 200
    assert response.json()["checks"]["storage_mark"] == "warn"


def test_a_bucket_is_tried_and_left_clean(bucket):
    finding = outside.storage()

    assert (finding.state, bucket.objects()) == ("ok", set())


def test_checking_the_data_says_that_the_bucket_is_away(bucket):
    belonging.check()
    bucket.leave()

    with pytest.raises(CommandError, match="tidak menjawab"):
        call_command("check_data")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_sees_another_store_does_not_start(bucket, s3):
    worker_init.send(sender=None)
    elsewhere = f"lain-{uuid.uuid4().hex}"
    s3.client.create_bucket(Bucket=elsewhere)
    bucket.use(bucket_name=elsewhere)

    with pytest.raises(SystemExit, match="bukan yang dipakai basis data"):
        worker_init.send(sender=None)

    assert "bukan yang dipakai" in " ".join(integrity.faults())
    call_command("adopt_storage")
    worker_init.send(sender=None)


# Moved there and back


@pytest.fixture
def folder(settings, operator):
    """Where files were before there was a bucket, with a photo of that time."""
    services.store(upload("a.jpg", corpus.jpeg()), by=operator)
    belonging.check()
    return Path(settings.MEDIA_ROOT)


def test_files_of_a_folder_are_copied_and_the_bucket_is_that_of_the_database(
    folder, request, capsys
):
    bucket = request.getfixturevalue("bucket")
    assert belonging.fault() != ""

    call_command("copy_files", folder)
    call_command("copy_files", folder)

    document = Document.objects.get()
    with document.file.open() as file:
        assert digest(file.read()) == document.sha256
    names = {document.file.name, document.thumbnail.name, belonging.NAME}
    assert (bucket.objects(), belonging.fault()) == (names, "")
    first, again = capsys.readouterr().out.splitlines()
    assert first.startswith("3 disalin, 0 sudah ada, 0 lain isinya")
    assert again.startswith("0 disalin, 3 sudah ada, 0 lain isinya")


def test_files_of_a_bucket_are_copied_back_into_a_folder(
    bucket, operator, settings, tmp_path
):
    document = services.store(upload("a.jpg", corpus.jpeg()), by=operator)
    belonging.check()

    call_command("copy_files", tmp_path / "kembali", back=True)

    settings.MEDIA_ROOT = str(tmp_path / "kembali")
    backend = {"BACKEND": "pokmas.documents.storage.DurableStorage"}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    assert belonging.fault() == ""
    with document.file.open() as file:
        assert digest(file.read()) == document.sha256


def test_a_copy_that_was_broken_off_is_made_whole(folder, request):
    request.getfixturevalue("bucket")
    document = Document.objects.get()
    default_storage.save(document.file.name, ContentFile(b"separuh"))

    call_command("copy_files", folder)

    with document.file.open() as file:
        assert digest(file.read()) == document.sha256


def test_a_file_that_is_another_in_the_bucket_is_named(folder, request, capsys):
    request.getfixturevalue("bucket")
    document = Document.objects.get()
    default_storage.save(document.file.name, ContentFile(b"x" * document.size))

    with pytest.raises(CommandError, match="isinya lain"):
        call_command("copy_files", folder)

    assert document.file.name in capsys.readouterr().out


def test_files_of_another_database_are_not_copied(folder, request):
    bucket = request.getfixturevalue("bucket")
    FileStore.objects.update(mark=uuid.uuid4().hex)

    with pytest.raises(CommandError, match="milik basis data lain"):
        call_command("copy_files", folder)

    assert bucket.objects() == set()


def test_copying_stops_in_words_when_the_bucket_is_away(folder, request):
    request.getfixturevalue("bucket").leave()

    with pytest.raises(CommandError, match="Jalankan lagi"):
        call_command("copy_files", folder)
