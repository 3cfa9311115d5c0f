"""Files are opened few at a time: who waits, who is put off, and what he is told."""

import threading
from contextlib import ExitStack, contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from pokmas.documents import inspector, sandbox, services, slots
from pokmas.documents.models import Document
from pokmas.documents.slots import Busy, Slots
from pokmas.server import lanes
from tests.factories import UserFactory
from tests.pokmas.documents import corpus, sleeper

pytestmark = pytest.mark.django_db
CHECK = "/documents/check/"


@contextmanager
def in_use(queue, count):
    """So many slots are held elsewhere: in another process, or on another machine."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            for slot in range(1, count + 1):
                cursor.execute(
                    "SELECT pg_advisory_xact_lock(%s, %s)", [queue.key, slot]
                )
        yield other
    finally:
        other.close()


@contextmanager
def nobody_else_fits(queue):
    """This process has as many in the queue as it may."""
    with ExitStack() as held:
        while queue.here.acquire(blocking=False):
            held.callback(queue.here.release)
        yield


@pytest.mark.django_db(transaction=True)
def test_as_many_are_let_in_as_there_are_slots():
    queue = Slots(9, at_once=2, here=4, seconds=1)

    with in_use(queue, 1), queue.one():
        pass
    with in_use(queue, 2), pytest.raises(Busy), queue.one():
        pass


@pytest.mark.django_db(transaction=True)
def test_who_waited_long_for_a_thread_is_put_off_at_once():
    queue = Slots(9, at_once=1, here=1, seconds=5)
    waited = lanes.waited.set(6)

    try:
        with pytest.raises(Busy), queue.one():
            pass
    finally:
        lanes.waited.reset(waited)


def test_who_dies_gives_his_slot_back():
    queue = Slots(9, at_once=1, here=1, seconds=1)

    with in_use(queue, 1) as other:
        other.close()
        with queue.one():
            pass


@pytest.mark.django_db(transaction=True)
def test_a_slot_is_free_again_after_work_that_failed():
    queue = Slots(9, at_once=1, here=1, seconds=1)

    with pytest.raises(ZeroDivisionError), queue.one():
        raise ZeroDivisionError

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks "
            "WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)
    assert queue.here.acquire(blocking=False)


@pytest.mark.django_db(transaction=True)
def test_who_waits_is_let_in_when_a_slot_becomes_free():
    queue = Slots(9, at_once=1, here=1, seconds=20)
    done = []

    def wait():
        with queue.one():
            done.append(True)
        connection.close()

    with in_use(queue, 1):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert done == []
    waiting.join()

    assert done == [True]


def test_a_full_queue_puts_a_file_off_in_words_and_stores_nothing():
    with nobody_else_fits(slots.INSPECTIONS), pytest.raises(ValidationError) as put_off:
        services.store(corpus.upload("foto.jpg", corpus.jpeg()), by=UserFactory())

    assert (put_off.value.code, Document.objects.count()) == ("busy", 0)
    assert "kirim lagi" in put_off.value.messages[0]


def test_who_takes_no_time_of_the_processor_is_ended_by_the_clock():
    with pytest.raises(sandbox.Late):
        sandbox.run(sleeper.__name__, seconds=1)


def test_a_file_that_the_clock_ended_is_put_off_in_words(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL", 0)

    with pytest.raises(ValidationError) as put_off:
        services.store(corpus.upload("foto.jpg", corpus.jpeg()), by=UserFactory())

    assert (put_off.value.code, Document.objects.count()) == ("busy", 0)


# The check page


def check(client, content):
    return client.post(CHECK, {"file": SimpleUploadedFile("a.pdf", content)})


def test_a_third_check_at_once_is_put_off_with_a_page_and_a_time(client):
    with in_use(slots.CHECKS, 2):
        response = check(client, corpus.pdf())

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Sedang sibuk" in page
    assert "data-again" in page
    assert 'action="/documents/check/"' in page


def test_checks_by_code_go_on_while_files_are_compared(client):
    with in_use(slots.CHECKS, 2):
        assert client.get("/v/7KQM-2XVD-9TRB/").status_code == 404


def test_a_check_that_the_clock_ended_is_put_off_with_a_page_and_a_time(
    client, monkeypatch
):
    monkeypatch.setattr(sandbox, "WALL", 0)

    response = check(client, corpus.pdf())

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Sedang sibuk" in response.content.decode()


def test_one_stream_of_text_shared_by_fifty_pages_is_given_up_soon(tmp_path):
    """It would take a minute to read; a second of the processor is all it gets."""
    (tmp_path / "upload").write_bytes(corpus.pdf_of_endless_text())

    facts = inspector.inspect("code", tmp_path / "upload", tmp_path)

    assert facts == {"refused": "endless"}
    assert inspector.seconds_for("code") == 1


def test_a_file_too_long_to_be_read_is_said_to_be_none_of_ours(client):
    response = check(client, corpus.pdf_of_endless_text())

    assert response.status_code == 422
    assert "Ketik kode yang tercetak di dalamnya" in response.content.decode()


def test_the_codes_of_a_long_page_are_found_at_both_its_ends(tmp_path):
    for place in ("start", "end"):
        words = ["7KQM-2XVD-9TRB", *["A"] * 30_000]
        if place == "end":
            words.reverse()
        (tmp_path / "upload").write_bytes(corpus.pdf_of_words(words))

        facts = inspector.inspect("code", tmp_path / "upload", tmp_path)

        assert facts == {"codes": ["7KQM-2XVD-9TRB"]}
