"""A real web server, with debugging off, and a browser that asks it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlencode

from tests.factories import PASSWORD
from tests.waiting import PATIENCE, wait_until


class Browser:
    """One person; keeps cookies and follows nothing."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, path, fields=None):
        """Status, headers and text of an answer."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Accept-Language": "en"}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request(
            "POST" if fields else "GET", path, fields and urlencode(fields), headers
        )
        answer = link.getresponse()
        text = answer.read().decode()
        for words in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = words.split(";")[0].partition("=")
            self.cookies[name] = value
        link.close()
        return answer.status, answer.headers, text

    def status(self, path):
        return self.ask(path)[0]

    def press(self, path, fields=(), page=""):
        """Send a form with the key that a page of ours gives."""
        found = re.search(
            r'csrfmiddlewaretoken" value="([^"]+)', self.ask(page or path)[2]
        )
        return self.ask(path, {"csrfmiddlewaretoken": found[1], **dict(fields)})

    def sign_in(self, user):
        fields = {"login": user.email, "password": PASSWORD}
        return self.press("/accounts/login/", fields)[0]


@contextmanager
def serving(log, **more: str):
    """The portal at a port, with `more` in its environment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WEB_CONCURRENCY": "1",
        **more,
    }
    command = [sys.executable, "-m", "gunicorn", "--config=python:pokmas.launch.web"]
    with log.open("wb") as output:
        web = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{number}"],
            env=env,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until(lambda: _answers(number), what="the web server answers")
        yield number
    finally:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait(PATIENCE)


def _answers(port):
    try:
        return Browser(port).status("/health/live/") == 200
    except OSError:
        return False
