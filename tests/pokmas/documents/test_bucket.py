"""Files in a bucket: a server that speaks S3 stands beside."""

import uuid

import boto3
import pytest
from celery.signals import worker_init
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from moto.server import ThreadedMotoServer

from pokmas.accounts.roles import Role
from pokmas.documents import belonging, pictures, services
from pokmas.documents.models import Document
from pokmas.health import integrity, outside
from pokmas.health import services as health
from pokmas.health.watched import State
from pokmas.jobs.models import FileStore
from pokmas.server import checks
from tests.factories import UnitFactory, person
from tests.pokmas.documents import corpus
from tests.pokmas.documents.corpus import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings):
    """The bucket that the portal is told to use; how its objects are named."""
    name = f"berkas-{uuid.uuid4().hex}"
    keys = {"aws_access_key_id": "kunci", "aws_secret_access_key": "rahasia"}
    client = boto3.client("s3", "us-east-1", endpoint_url=endpoint, **keys)
    client.create_bucket(Bucket=name)
    use(settings, endpoint, name)

    def objects():
        found = client.list_objects_v2(Bucket=name).get("Contents", [])
        return {each["Key"] for each in found}

    return objects


def use(settings, endpoint, name):
    options = {
        "bucket_name": name,
        "endpoint_url": endpoint,
        "region_name": "us-east-1",
        "access_key": "kunci",
        "secret_key": "rahasia",
    }
    backend = {"BACKEND": "pokmas.documents.bucket.BucketStorage", "OPTIONS": options}
    settings.S3_BUCKET = name
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture
def away(settings):
    """A bucket at whose address nobody listens."""
    use(settings, "http://127.0.0.1:9", "berkas")


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def test_an_upload_is_kept_in_the_bucket_and_handed_out_by_the_portal(
    bucket, operator, sign_in
):
    content = corpus.jpeg()
    unit = operator.acting.office
    photo = services.store(upload("foto.jpg", content), owner=unit, by=operator)
    client = sign_in(operator)

    small = reverse("documents:thumbnail", args=[photo.pk])
    answers = [client.get(address) for address in (photo.get_absolute_url(), small)]

    stored = {photo.file.name, photo.thumbnail.name}
    assert bucket() == stored
    assert [answer.status_code for answer in answers] == [200, 200]
    with default_storage.open(photo.file.name) as file:
        assert b"".join(answers[0].streaming_content) == file.read()


def test_a_page_of_a_kept_file_is_drawn_from_the_bucket(bucket, operator):
    paper = services.store(upload("naskah.pdf", corpus.pdf()), by=operator)

    first, again = (pictures.page(paper, 1, 1) for _turn in range(2))

    assert first == again
    assert len(bucket()) == 2


def test_an_issued_paper_is_compared_with_the_file_in_the_bucket(bucket):
    unit = UnitFactory()
    issued = services.issue(
        kind="tests.paper", office=unit, owner=unit, title="Uji", holder="Uji"
    )
    services.seal(issued, b"%PDF-1.7 uji", 1, word=b"PK uji")
    assert list(integrity.faults()) == []

    default_storage.delete(issued.file.name)

    assert "berkasnya tidak ada" in " ".join(integrity.faults())


def test_a_file_is_removed_with_its_row(
    bucket, operator, django_capture_on_commit_callbacks
):
    paper = services.store(upload("naskah.pdf", corpus.pdf()), by=operator)

    with django_capture_on_commit_callbacks(execute=True):
        services.discard(paper, by=operator)

    assert bucket() == set()
    assert not Document.objects.exists()


def test_the_health_page_tries_the_bucket(bucket, settings, endpoint):
    assert outside.storage().state == State.OK

    use(settings, endpoint, "tidak-ada")

    (finding,) = health._bounded([outside.storage])
    assert finding.state == State.BAD


def test_a_bucket_that_is_away_is_said_in_words(away, operator):
    with pytest.raises(ValidationError, match="penyimpanan tidak menjawab"):
        services.store(upload("naskah.pdf", corpus.pdf()), by=operator)

    (error,) = checks.files_have_a_place(None, databases=["default"])
    assert (error.id, "POKMAS_S3_ENDPOINT" in error.msg) == ("pokmas.E007", True)


# Whose store it is


def test_a_new_store_is_marked_once_and_known_again(bucket):
    belonging.check()
    belonging.check()

    with default_storage.open("mark") as file:
        assert file.read().decode() == FileStore.objects.get().mark


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_sees_another_store_does_not_start(bucket, settings, endpoint):
    worker_init.send(sender=None)
    elsewhere = f"lain-{uuid.uuid4().hex}"
    default_storage.connection.create_bucket(Bucket=elsewhere)
    use(settings, endpoint, elsewhere)

    with pytest.raises(SystemExit, match="bukan yang dipakai basis data"):
        worker_init.send(sender=None)

    assert "bukan yang dipakai" in " ".join(integrity.faults())
    call_command("adopt_storage")
    worker_init.send(sender=None)


def test_the_store_of_another_database_is_refused(bucket):
    belonging.check()
    FileStore.objects.update(mark=uuid.uuid4().hex)

    with pytest.raises(belonging.Strange, match="milik basis data lain"):
        belonging.check()


def test_a_database_without_a_mark_takes_that_of_its_files(bucket):
    belonging.check()
    mark = FileStore.objects.get().mark
    FileStore.objects.all().delete()

    belonging.check()

    assert FileStore.objects.get().mark == mark
