"""People at their browsers: the demo accounts, with the standard library alone."""

import random
import re
import struct
import uuid
import zlib
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

OPERATORS = ["operator.bapas", "operator.denpasar"]
DOMAIN, PASSWORD = "demo.pokmas.test", "contoh-pokmas-2026"
TIMEOUT = 30


class Lost(Exception):
    """No answer came: nobody knows whether it was done."""


class Refused(Exception):
    """An answer that says no."""


class Client:
    """One person; his session outlives the portal, as a cookie does."""

    host, patience = "localhost", TIMEOUT

    def __init__(self, port: int, name: str) -> None:
        self.port, self.name = port, name
        self.cookies: dict[str, str] = {}
        self.plan_form: dict[str, str] = {}
        self.report_form: tuple[str, list[str]] | None = None

    # The wire

    def ask(self, method: str, path: str, body=None, kind: str = "") -> tuple:
        """Status, address of a redirect, and page; a broken-off answer is `Lost`."""
        response, content = self.exchange(method, path, body, kind)
        where = response.headers.get("Location", "")
        return response.status, where, content.decode(errors="replace")

    def exchange(self, method: str, path: str, body=None, kind: str = "") -> tuple:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        connection = HTTPConnection(self.host, self.port, timeout=self.patience)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException) as error:
            raise Lost from error
        finally:
            connection.close()
        if response.status in (502, 503):
            raise Lost
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.split(";")[0].partition("=")
            # Another thread may be reading them.
            self.cookies = {**self.cookies, name: value}
        return response, content

    def page(self, path: str) -> str:
        """A page, after a sign-in if that was needed; "" if there is none for him."""
        status, where, page = self.ask("GET", path)
        if status == 302 and "/login/" in where:
            self.sign_in()
            status, where, page = self.ask("GET", path)
        if status not in (200, 302, 404):
            raise Refused(f"{self.name}: GET {path} answered {status}")
        return page if status == 200 else ""

    def sign_in(self) -> None:
        page = self.ask("GET", "/accounts/login/")[2]
        fields = {"login": f"{self.name}@{DOMAIN}", "password": PASSWORD}
        answer = self.send("/accounts/login/", page, fields)
        if "/2fa/" in answer:
            page = self.ask("GET", answer)[2]
            answer = self.send(answer, page, {"code": self.second_factor()})
        if "/login/" in answer or "/2fa/" in answer:
            raise Refused(f"{self.name} cannot sign in")

    def second_factor(self) -> str:
        """The demo accounts of a first look are not asked for one."""
        raise Refused(f"{self.name} is asked for a second factor")

    def send(
        self, path: str, page: str, fields: dict, files: dict | None = None
    ) -> str:
        """Submit a form of `page`; where the answer leads."""
        fields = {"csrfmiddlewaretoken": token_in(page), **fields}
        if files:
            mark = uuid.uuid4().hex
            body = multipart(mark, fields, files)
            kind = f"multipart/form-data; boundary={mark}"
        else:
            body, kind = urlencode(fields), "application/x-www-form-urlencoded"
        status, where, answer = self.ask("POST", path, body, kind)
        if status != 302:
            reasons = re.findall(r'class="error[^>]*>([^<]+)', answer)
            raise Refused(f"{self.name}: POST {path} answered {status} {reasons}")
        return where

    # What people do; each may be sent twice without harm

    def plan(self, key: str) -> str:
        page = self.page("/activities/create/")
        day = date.today() - timedelta(days=random.randint(2, 200))
        if not self.plan_form:
            self.plan_form = {
                "type": options(page, "type")[0],
                "regency": options(page, "regency")[0],
                "partners": re.search(r'name="partners" value="(\d+)"', page)[1],
            }
        fields = self.plan_form | {
            "submission_key": key,
            "title": f"Kegiatan {key}",
            "starts_at_0": f"{day:%d-%m-%Y}",
            "starts_at_1": "09.00",
            "ends_at_0": f"{day:%d-%m-%Y}",
            "ends_at_1": "11.00",
            "mode": "on_site",
            "place": "Balai Desa",
            "approach": "",
            "funding": "none",
        }
        return self.send("/activities/create/", page, fields)

    def report(self, pk: str, picture: bytes, caption: str) -> str:
        path = f"/activities/{pk}/report/"
        page = self.page(path)
        if not page:  # it was sent already, only the answer was lost
            return path
        fields = {
            "revision": re.search(r'name="revision" value="(\d+)"', page)[1],
            "output": "Selesai dengan baik.",
            "count_adult_client_male": "7",
            "funding": "none",
            "caption": caption,
            "declared": "on",
        }
        return self.send(path, page, fields, {"photos": ("foto.png", picture)})

    def verify(self, pk: str) -> str:
        """Empty for an activity of another unit."""
        page = self.page(f"/activities/{pk}/")
        if not page:
            return ""
        path = f"/activities/{pk}/verify/"
        if path not in page:
            return "verified"
        return self.send(path, self.page(path), {"verdict": "verified"})

    def ask_report(self, number: int) -> str:
        page = self.page("/reports/create/")
        if self.report_form is None:
            office = re.search(r'name="office" value="(\d+)"', page)[1]
            periods = options(page, "period")
            months = [each for each in periods if each.startswith("monthly")]
            self.report_form = office, months
        office, months = self.report_form
        asked = {"office": office, "period": months[number % len(months)]}
        return self.send("/reports/create/", page, asked)

    def rebuild(self, pk: str) -> str:
        """A new version, if none is being made and the report may still change."""
        page = self.page(f"/reports/{pk}/")
        if f"/reports/{pk}/rebuild/" not in page:
            return "busy"
        return self.send(f"/reports/{pk}/rebuild/", page, {})


def token_in(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def options(page: str, name: str) -> list[str]:
    """The values that a list of a form offers."""
    found = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]+)"', found[0])


def multipart(mark: str, fields: dict, files: dict) -> bytes:
    start = f"--{mark}\r\nContent-Disposition: form-data; name="
    parts = [
        f'{start}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()
    ]
    for name, (file_name, content) in files.items():
        head = f'{start}"{name}"; filename="{file_name}"\r\n'
        parts += [f"{head}Content-Type: image/png\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{mark}--\r\n".encode()])


def photo(side: int = 64) -> bytes:
    """A PNG with noise in it, so that each one is another file."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    rows = b"".join(b"\0" + random.randbytes(side * 3) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )
