"""The web server loads while the database is made ready, and opens after that."""

import os
import signal
from http.client import HTTPConnection

import pytest

from pokmas.launch import keys, process, programs
from pokmas.launch.address import Address
from pokmas.launch.servers import Servers
from tests.waiting import wait_until


def answer(port: int) -> int:
    """The status of a page that asks no database; 0 if nobody listens."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", "/health/live/", headers={"Host": "localhost"})
        return line.getresponse().status
    except ConnectionRefusedError:
        return 0
    finally:
        line.close()


@pytest.mark.worker
def test_nobody_is_let_in_before_the_database_is_ready(place):
    where = Address("127.0.0.1", 0)
    bound, (waiting, prepared) = where.bind(), os.pipe()
    port = bound.getsockname()[1]
    secrets = keys.load(place)
    settings = programs.settings(place, secrets, Servers(place, secrets), where)
    web, *_others = programs.build(place, settings, bound, waiting)
    try:
        web.start()
        wait_until(lambda: "Starting gunicorn" in web.log.read_text())
        before = answer(port)
        os.close(prepared)
        wait_until(lambda: answer(port) == 200)
        web.signal(signal.SIGKILL)
        web.wait(60)
        web.kill_group()
        web.start()
        wait_until(lambda: answer(port) == 200)
    finally:
        process.end([web], 20, lambda: False)
        os.close(waiting)

    assert before == 0
