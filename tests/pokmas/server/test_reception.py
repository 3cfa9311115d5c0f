"""Lines of the web server, on a real socket; nobody waits, the clock is given."""

import logging
import socket
import threading
from collections import deque
from types import SimpleNamespace

import pytest
from django.urls import reverse
from waitress import wasyncore
from waitress.adjustments import Adjustments

from pokmas.server import lanes, reception
from pokmas.server.reception import CountingThreads, Head, Reception
from tests.waiting import PATIENCE, wait_until

POST = b"POST /kirim?q=rahasia HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class House:
    """A reception, and what its application was asked."""

    def __init__(self):
        self.asked = deque()
        # Whoever opens a file goes on when this is set.
        self.goes_on = threading.Event()
        self.threads = CountingThreads(SimpleNamespace(nr=0, max_requests=10**9))
        self.threads.set_thread_count(1)
        self.lines = {}
        self.at = Reception(
            self.answer,
            self.lines,
            dispatcher=self.threads,
            adj=Adjustments(
                listen="127.0.0.1:0",
                clear_untrusted_proxy_headers=False,
                max_request_body_size=1 << 62,
                cleanup_interval=10**9,
            ),
        )
        self.opened = []

    def answer(self, environ, start_response):
        body = environ["wsgi.input"].read()
        if b"%PDF" in body:
            assert self.goes_on.wait(PATIENCE)
        self.asked.append((environ.get("CONTENT_LENGTH"), len(body)))
        answer = b"jawaban"
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]

    def dial(self, sent=b""):
        """A client on the line, and what the server knows of it."""
        known = {*self.at.active_channels.values()}
        client = socket.create_connection(self.at.socket.getsockname(), PATIENCE)
        self.opened.append(client)
        self.turn_until(lambda: len(self.at.active_channels) > len(known))
        (line,) = {*self.at.active_channels.values()} - known
        if sent:
            self.send(client, line, sent)
        return client, line

    def send(self, client, line, data):
        before = line.last_activity
        client.sendall(data)
        self.turn_until(lambda: line.last_activity != before)

    def turn_until(self, condition):
        wait_until(lambda: self._turn() or condition())

    def _turn(self):
        wasyncore.loop(timeout=0.01, use_poll=True, map=self.lines, count=1)

    def read(self, client):
        """What has come to the client, once there is something."""
        client.setblocking(False)
        got = []

        def come():
            try:
                got.append(client.recv(65536))
            except BlockingIOError:
                return False
            return True

        self.turn_until(come)
        return got[0]

    def close(self):
        self.goes_on.set()
        self.threads.shutdown()
        for client in self.opened:
            client.close()
        wasyncore.close_all(self.lines)


@pytest.fixture
def house(monkeypatch):
    monkeypatch.setattr(Head, "largest", 100_000)
    made = House()
    yield made
    made.close()


def cut(house, seconds):
    """Which lines are cut so many seconds after the last of them was heard of."""
    lines = house.at.lines
    house.at.maintenance(max(line.last_activity for line in lines) + seconds)
    return [line for line in lines if line.will_close]


def test_a_thread_is_taken_when_the_request_is_whole(house):
    client, line = house.dial(POST % 3 + b"\r\nab")

    assert (list(house.threads.queue), list(house.asked)) == ([], [])

    house.send(client, line, b"c")
    assert house.read(client).startswith(b"HTTP/1.1 200 OK")
    assert list(house.asked) == [("3", 3)]


@pytest.mark.parametrize(
    ("sent", "kept", "too_long"),
    [
        pytest.param(b"", 9, 11, id="nothing"),
        pytest.param(POST % 3, 9, 11, id="half a head"),
        pytest.param(POST % 90_000 + b"\r\n", 19, 22, id="no body"),
    ],
)
def test_who_does_not_go_on_is_cut(house, sent, kept, too_long):
    _client, line = house.dial(sent)

    assert cut(house, kept) == []
    assert cut(house, too_long) == [line]


@pytest.mark.parametrize(("rate", "is_cut"), [(20_000, False), (500, True)])
def test_a_slow_phone_may_be_slow_but_not_endless(house, rate, is_cut):
    seconds = 60
    _client, line = house.dial(POST % 90_000 + b"\r\n")
    line.request.body_bytes_received = rate * seconds

    assert bool(cut(house, seconds)) == is_cut


def test_a_line_is_kept_for_the_next_request_for_longer_than_a_proxy_does(house):
    client, line = house.dial(GET)
    house.read(client)
    house.turn_until(lambda: line.is_idle)

    assert cut(house, 125) == []
    assert cut(house, 135) == [line]


def test_lines_are_kept_for_shorter_where_they_are_scarce(house, monkeypatch):
    monkeypatch.setattr(reception, "MANY_LINES", 2)
    lines = [house.dial()[1] for _each in range(2)]

    assert set(cut(house, 3)) == set(lines)


def test_of_one_address_the_oldest_unfinished_are_cut(house, monkeypatch):
    monkeypatch.setattr(reception, "INCOMPLETE_EACH", 2)
    lines = [house.dial(POST % 3)[1] for _each in range(3)]
    client, _done = house.dial(GET)
    house.read(client)

    assert cut(house, 1) == [lines[0]]


def test_behind_a_proxy_lines_belong_to_whom_it_saw(house, monkeypatch):
    monkeypatch.setattr(reception, "INCOMPLETE_EACH", 1)
    monkeypatch.setattr(Reception, "proxies", 1)
    unknown = [house.dial(POST % 3)[1] for _each in range(3)]
    seen = [
        house.dial(POST % 3 + b"X-Forwarded-For: 9.9.9.9, %s\r\n\r\n" % address)[1]
        for address in (b"10.0.0.1", b"10.0.0.1", b"10.0.0.2")
    ]

    assert [line.address for line in unknown] == ["", "", ""]
    assert [line.address for line in seen] == ["10.0.0.1", "10.0.0.1", "10.0.0.2"]
    assert cut(house, 1) == [seen[0]]


def test_who_sends_too_much_reads_the_answer_while_he_sends(house):
    client, line = house.dial(POST % 200_000_000 + b"\r\n")
    for _part in range(20):
        house.send(client, line, b"x" * 10_000)

    assert house.read(client).endswith(b"jawaban")
    assert list(house.asked) == [("200000000", 0)]
    # The server has said all; what still comes is thrown away until it ends.
    assert cut(house, 2) == []
    house.turn_until(lambda: house.read(client) == b"")
    client.close()
    house.turn_until(lambda: not house.at.lines)


def test_what_comes_in_pieces_is_measured_too(house):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    client, line = house.dial(head)
    for _part in range(11):
        house.send(client, line, b"2710\r\n" + b"x" * 10_000 + b"\r\n")

    assert house.read(client).endswith(b"jawaban")
    length, read = house.asked[0]
    assert (int(length) > 100_000, read) == (True, 0)


def test_the_log_of_requests_keeps_no_words_that_were_searched(house, caplog):
    caplog.set_level(logging.INFO, "pokmas.visits")
    client, _line = house.dial(POST % 3 + b"\r\nabc")
    house.read(client)
    wait_until(lambda: caplog.messages)

    (said,) = caplog.messages
    assert said.startswith('127.0.0.1 "POST /kirim HTTP/1.1" 200 7 ')


def test_the_log_of_requests_keeps_no_key_and_begins_no_line(house, caplog):
    caplog.set_level(logging.INFO, "pokmas.visits")
    for path in (b"/people/invitation/Mg:1x-y_z/", b"/a%0A127.0.0.1%20%22GET"):
        client, _line = house.dial(GET.replace(b"GET /", b"GET " + path, 1))
        house.read(client)
    wait_until(lambda: len(caplog.messages) == 2)

    asked = [said.split(' "')[1].split(" HTTP")[0] for said in caplog.messages]
    assert asked == ["GET /people/invitation/…", "GET /a%0A127.0.0.1%20%22GET"]


def test_the_log_of_requests_is_not_full_of_looks_that_went_well(house, caplog):
    caplog.set_level(logging.INFO, "pokmas.visits")
    for path in (b"/health/ready/", b"/health/"):
        client, _line = house.dial(GET.replace(b"GET /", b"GET " + path, 1))
        house.read(client)
    wait_until(lambda: caplog.messages)

    asked = [said.split(' "')[1].split(" HTTP")[0] for said in caplog.messages]
    assert asked == ["GET /health/"]


def test_a_process_that_ends_says_so_on_its_lines(house):
    client, line = house.dial()
    house.at.leave()

    house.send(client, line, GET)

    assert b"Connection: close" in house.read(client)


def form(content, *, file=b""):
    """What a browser sends of a form with one file field."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n%s\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
        b"%s\r\n--x--\r\n"
    ) % (content, b"a.pdf" if file else b"", file)
    head = (POST % len(body)) + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    return head + body


def test_files_wait_for_threads_of_their_own_while_pages_go_on(house):
    waiting = lanes.THREADS + 2
    senders = [house.dial(form(b"a", file=b"%PDF"))[0] for _each in range(waiting)]
    wait_until(lambda: len(house.threads.opening.queue) == 2)
    reader, _line = house.dial(GET)

    assert house.read(reader).startswith(b"HTTP/1.1 200")
    assert len(house.asked) == 1

    house.goes_on.set()
    assert all(house.read(each).startswith(b"HTTP/1.1 200") for each in senders)


@pytest.mark.parametrize(
    ("sent", "waits"),
    [
        pytest.param(form(b"a", file=b"%PDF"), True, id="a small file"),
        pytest.param(form(b"a" * 30_000), True, id="much"),
        pytest.param(form(b"a"), False, id="a form without its file"),
        pytest.param(
            form(b'--x\r\nContent-Disposition: form-data; name="file_kept"\r\n\r\nb'),
            True,
            id="a file kept from before",
        ),
        pytest.param(
            form(b"a").replace(b'filename=""', b"FileName=ab"), True, id="an odd name"
        ),
        pytest.param(GET.replace(b"/", b"/documents/7/pages/1/2/", 1), True, id="page"),
        pytest.param(GET.replace(b"/", b"/documents/7/view/", 1), False, id="view"),
        pytest.param(GET.replace(b"GET /", b"GET //["), False, id="broken"),
    ],
)
def test_what_opens_a_file_is_seen_in_the_request(house, sent, waits):
    house.threads.set_thread_count(0)
    house.threads.opening.set_thread_count(0)
    wait_until(lambda: not house.threads.threads | house.threads.opening.threads)

    house.dial(sent)

    house.turn_until(lambda: house.threads.queue or house.threads.opening.queue)
    assert bool(house.threads.opening.queue) == waits


@pytest.mark.parametrize("name", ["page", "issued_page"])
def test_the_addresses_of_drawn_pages_are_known(name):
    whose = 7 if name == "page" else "7KQM-2XVD-9TRB"

    assert lanes.DRAWS_A_PAGE.fullmatch(
        reverse(f"documents:{name}", args=[whose, 1, 2])
    )
