"""What may come in from outside and is not what a page of ours sends, at random.

Everything is drawn from one `random.Random`, so that a seed says it all again.
"""

import base64
import json
import zlib
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import quote, quote_from_bytes, urlencode

DEEP = 20_000
BIGINT = 2**63
# Numbers no column holds, or no computer.
NUMBERS = [
    *("0", "-1", "1.5", "1e5", "1e999", "-1e999", "1e-999", "NaN", "Infinity"),
    *(str(2**31), str(2**31 - 1), str(BIGINT), str(BIGINT - 1), str(-BIGINT - 1)),
    *("9" * 30, "9" * 400, "9" * 5000, "0x1F", "1_000", "١٢٣", "１２", "²", "1,5"),
    *("Rp1.250.000,-", "Rp", "1.000.000.000.000.000.000.000", "-0", "1e400000"),
]
# Days and hours at which calendars end.
DAYS = [
    *("0001-01-01", "9999-12-31", "10000-01-01", "31-12-9999", "01-01-0001"),
    *("9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59-14:00"),
    *("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "2026-02-30", "31 Februari"),
    *("2026-11-29T10:00:00+99:99", "25:61", "24.00", "09.00 WITA", "12.00 GMT+7"),
    *(
        "9999-12",
        "0001-01",
        "2026-13",
        "31-12-2200",
        "01-01-1900",
        "Senin, 31 Februari 2026",
        "2026-W48-7",
        "now",
    ),
]
TEXTS = [
    *("", " ", "\0", "a\0b", "\ud800", "\udfff x", "\ufffe", "\x1b[31m", "\r\n\r\n"),
    *("%", "%00", "%zz", "%s%s%n", "{}", "{0.__class__}", "\\", "'", '"', "--", ";"),
    *(
        "../../etc/passwd",
        "//lain.test/",
        "http://[",
        "javascript:alert(1)",
        "\\\\h\\s",
    ),
    *("\\\\h\\s", "a" * 300, "é" * 3000, "x\n" * 2000, "x\r\n" * 2000, "\u202eabc"),
    "\u2028",
    *("😀" * 40, "ﷺ" * 200, "İ" * 150, "null", "true", "undefined", "[]", "on"),
    *("' OR 1=1 --", "a & b | !c", "(((", "*", "\\d+(", "[" * 200, "S.H.", "Bapak"),
]
JSONS = [
    *("null", "true", "0", '""', "[]", "{}", "[[]]", '{"a": {}}', "{", "nan", "NaN"),
    *("1e999", "-Infinity", "9" * 5000, '"\\ud800"', '{"\\u0000": "\\u0000"}'),
    *("[" * DEEP, '{"a":' * DEEP, "[" * DEEP + "]" * DEEP, '"' + "x" * 70_000 + '"'),
    *('{"id": 1, "response": []}', '{"response": {"userHandle": 1}}'),
    '{"response": {"userHandle": "AAAA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": null, "rawId": null, "response": null, "type": null}',
]
# Shaped as a passkey answers, with one part that is not what it should be.
PASSKEY = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
        "authenticatorData": "A" * 60,
        "signature": "AAAA",
        "userHandle": "MQ",
        "attestationObject": "o2NmbXRkbm9uZQ",
    },
    "clientExtensionResults": {},
    "authenticatorAttachment": "platform",
}
SEGMENTS = [
    *("%00", "%0a", "%ff", "%c3%28", "%ed%a0%80", "%e2%80%ae", "%2f", "..", "%2e%2e"),
    *("0", "-1", "9" * 19, "9" * 40, "9" * 5000, "1.5", "1e9", "١", "a" * 3000, ";a=b"),
    *("%F0%9F%98%80", "%25", "%u0041", "%", "None", "unknown", "a\\b", "~", "*", " "),
]
ADDRESSES = [
    *("http://[", "http://[::1", "http://a:b", "http://a:99999/", "//", ":", "\\"),
    *("http://testserver/\0", "http://testserver:port/", "http://\u2100/", "é", "%"),
    *("http://user@[fe80::1%25]/", "http://testserver/?after=%00", "x" * 9000),
    "http://testserver/partners/?q=%ff%00",
]
HEADERS = {
    "HTTP_HX_CURRENT_URL": ADDRESSES,
    "HTTP_REFERER": ADDRESSES,
    "HTTP_ORIGIN": [*ADDRESSES, "null"],
    "HTTP_HOST": ["", ":", "[", "[::1", "a b", "testserver:x", "lain.test", "é", "\0"],
    "HTTP_X_FORWARDED_HOST": ["[", "lain.test, b", ":"],
    "HTTP_X_FORWARDED_FOR": ["", ",", "x, y", "[", "::1%eth0", "9" * 999, "é"],
    "HTTP_X_FORWARDED_PROTO": ["", "ftp", "https, http", "é"],
    "HTTP_COOKIE": [
        *(
            "=",
            ";;;",
            "session",
            'session="',
            "session=\xff",
            "language=\xe9",
            "a" * 9000,
        ),
        *("session=" + "x" * 300, "rows=1e9", "theme=<", "csrf=é", "messages=[[" * 300),
        *("language=../..", "device=" + "[" * 3000, 'messages=W10:bad:"', "session=\0"),
    ],
    "HTTP_ACCEPT_LANGUAGE": ["", "*;q=é", "id;q=9e999", "-,;q", "en" * 3000, "\0", "é"],
    "HTTP_ACCEPT": ["", "*", "text/", "/;q=1e999", ";", "a" * 9000, "application/é"],
    "HTTP_ACCEPT_ENCODING": ["", "gzip;q=é", "*", "br;q=", "\0"],
    "HTTP_IF_MODIFIED_SINCE": ["", "0", "-1", "x", "Mon, 99 Foo 99999 99:99:99 GMT"],
    "HTTP_IF_UNMODIFIED_SINCE": ["Thu, 01 Jan 0000 00:00:00 GMT", "9" * 99],
    "HTTP_IF_NONE_MATCH": ["", '"', "W/", "*", "é", ',"' * 999],
    "HTTP_RANGE": ["bytes=", "bytes=-", "bytes=9-1", "bytes=-0", "x=0-1", "bytes=a-b"],
    "HTTP_IF_RANGE": ["", '"x"', "Mon"],
    "HTTP_USER_AGENT": ["", "\0", "é" * 600, "x" * 9000, "Mozilla/5.0 (" * 300],
    "HTTP_AUTHORIZATION": ["", "Basic", "Basic é", "Bearer \0", "Basic " + "=" * 99],
    "HTTP_SEC_FETCH_SITE": ["", "x", "\0"],
    "HTTP_HX_REQUEST": ["true", "", "é"],
    "HTTP_HX_TARGET": ["list", "", "%", "é", "company", "served", "#"],
    "HTTP_HX_TRIGGER_NAME": ["%", "é", "\0"],
    "HTTP_HX_BOOSTED": ["true", "x"],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE", "é"],
    "HTTP_X_CSRFTOKEN": ["", "x", "é" * 32, "\0" * 32],
    "HTTP_EXPECT": ["100-continue", "x"],
    "CONTENT_LENGTH": ["", "-1", "x", "1e9", "9" * 30, "5"],
    "CONTENT_TYPE": [
        *("", ";", "text", "multipart/form-data", "application/json; charset=utf-16"),
        *("multipart/form-data; boundary=", "multipart/form-data; boundary=é"),
        "multipart/form-data; boundary=" + "x" * 300,
    ],
}
CHARSETS = [
    *("base64", "hex", "rot13", "zlib", "idna", "punycode", "utf-7", "utf-16", "\0"),
    *("unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "latin-1", "nein"),
    *("utf-32", "cp037", "hz", "é", "x" * 500, "utf-8-sig", "uu", "bz2", "quopri"),
]
METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW", "é", ""]


@dataclass
class Try:
    """One request, as a server hands it over."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Odd:
    """Draws what is not as it should be."""

    chance: Random

    def one(self, several):
        return self.chance.choice(several)

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def text(self) -> str:
        return self.one(self.one([NUMBERS, DAYS, TEXTS, TEXTS, JSONS]))

    def value(self, proper: str) -> str:
        """Any text, or a proper one with something odd in it."""
        if proper and self.maybe(0.3):
            place = self.chance.randrange(len(proper) + 1)
            return proper[:place] + self.text()[:50] + proper[place:]
        return self.text()

    # Cursors

    def cursor(self, order: tuple[str, ...], proper: list) -> str:
        """A token of a list in this order, with parts that no row has."""
        key = [part if self.maybe(0.3) else self.part() for part in proper]
        if self.maybe(0.1):
            key.append(self.part())
        signature = str(zlib.crc32(",".join(order).encode()))
        text = f"[{','.join([signature, *key])}]"
        if self.maybe(0.05):
            text = self.one(JSONS)
        token = base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass"))
        token = token.decode().rstrip("=")
        return self.value(token) if self.maybe(0.05) else token

    def part(self) -> str:
        """One part of the key of a row, as JSON."""
        if self.maybe(0.4):
            return self.one(JSONS)
        text = self.text()
        if self.maybe(0.3) and text.strip("-").isascii() and text.strip("-").isdigit():
            return text
        return json.dumps(text)

    # Requests

    def parameters(self, path: str, names: list[str], **kept) -> Try:
        chosen = self.chance.sample(names, min(len(names), self.chance.randint(1, 4)))
        pairs = [*kept.items(), *((name, self.text()) for name in chosen)]
        return Try(path, self.written(pairs))

    def written(self, pairs) -> str:
        """Name and value, percent-encoded, at times as no browser does."""
        written = [
            f"{quote(name, errors='replace')}={quote(text, errors='surrogatepass')}"
            for name, text in pairs
        ]
        if self.maybe(0.05):
            written.append(self.one(["%ff=%fe", "=", "&&&", "%", "a" * 3000, "q=%00"]))
        if self.maybe(0.01):
            written += [f"f{number}=" for number in range(2100)]
        return "&".join(written)

    def path(self, path: str) -> Try:
        """An address of ours with another part somewhere."""
        parts = path.strip("/").split("/")
        place = self.chance.randrange(len(parts))
        if self.maybe(0.3):
            parts.insert(place, self.one(SEGMENTS))
        else:
            parts[place] = self.one(SEGMENTS)
        end = self.one(["/", "/", "", "//", "/%00", "/%ff"])
        return Try(f"/{'/'.join(parts)}{end}", method=self.one(["GET", "POST"]))

    def headers(self, request: Try) -> Try:
        names = self.chance.sample(sorted(HEADERS), self.chance.randint(1, 3))
        drawn = {name: self.one(HEADERS[name]) for name in names}
        if self.maybe(0.1):
            drawn["CONTENT_TYPE"] = self.content_type()
        method = self.one(METHODS) if self.maybe(0.1) else request.method
        return replace(request, headers=drawn, method=method)

    def content_type(self) -> str:
        kind = self.one(
            ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        )
        charset = self.one(CHARSETS)
        return self.one(
            [
                f"{kind}; charset={charset}",
                f'{kind}; charset="{charset}',
                f"{kind}; charset*={charset}''utf-8",
                f"{kind}; boundary*={charset}''x",
            ]
        )

    def answers(self, path: str, proper: list[tuple[str, str]]) -> Try:
        """What a form asks, with some answers that are none."""
        wrong = self.chance.randint(1, 3)
        places = set(self.chance.sample(range(len(proper)), min(wrong, len(proper))))
        pairs = [
            (name, self.value(text) if place in places else text)
            for place, (name, text) in enumerate(proper)
        ]
        if self.maybe(0.15):
            pairs.append((self.one(pairs)[0] if pairs else "x", self.text()))
        if self.maybe(0.5):
            return self.posted(path, self.written(pairs).encode())
        parts = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in pairs
        )
        body = f"{parts}--x--\r\n".encode("utf-8", "surrogatepass")
        return self.posted(path, body, "multipart/form-data; boundary=x")

    def passkey(self, path: str) -> Try:
        """A passkey's answer with one part of another kind, or another JSON."""
        text = self.one(JSONS)
        if self.maybe(0.7):
            text = json.dumps(self._bent(PASSKEY))
        pairs = [("credential", text), ("name", "x"), ("action", "add")]
        return self.posted(path, urlencode(pairs).encode())

    def _bent(self, whole: dict) -> dict:
        name = self.one(sorted(whole))
        if isinstance(whole[name], dict) and whole[name] and self.maybe(0.7):
            return whole | {name: self._bent(whole[name])}
        if self.maybe(0.2):
            return {each: part for each, part in whole.items() if each != name}
        other = self.one([None, 0, 1.5, "", "é", "\0", "A", "=", [], {}, [1], {"a": 1}])
        return whole | {name: other}

    def posted(
        self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
    ) -> Try:
        return Try(path, method="POST", headers={"CONTENT_TYPE": kind}, body=body)

    def body(self, path: str, names: list[str]) -> Try:
        """A body that is not what its header says, or not at all."""
        return self.one(self.BODIES)(self, path, self.one(names) if names else "x")

    def _json(self, path, name):
        kind = self.one(["application/json", "application/csp-report", "text/plain"])
        return self.posted(path, self.one(JSONS).encode(), kind)

    def _charset(self, path, name):
        body = self.written([(name, self.text())]).encode()
        return self.posted(path, body, self.content_type())

    def _bytes(self, path, name):
        return self.posted(path, self.chance.randbytes(self.chance.randint(0, 400)))

    def _many(self, path, name):
        return self.posted(path, b"&".join([b"a=1"] * 2500))

    def _raw(self, path, name):
        value = quote_from_bytes(self.chance.randbytes(20))
        return self.posted(path, f"{name}={value}&{value}={name}".encode())

    def _multipart(self, path, name):
        """Parts with odd heads, odd encodings and odd ends."""
        head = self.one(
            [
                f'Content-Disposition: form-data; name="{name}"',
                f"Content-Disposition: form-data; name*={self.one(CHARSETS)}''{name}",
                f'Content-Disposition: form-data; name="{name}"; filename="\0"',
                f'Content-Disposition: form-data; name="{name}"; filename="../é"',
                f"Content-Disposition: form-data; name={name}; filename*=x''%00",
                "Content-Disposition: form-data",
                "Content-Disposition: attachment; name",
                "Content-Disposition:",
                "X" * 3000,
                "",
            ]
        )
        more = self.one(
            [
                "",
                "\r\nContent-Transfer-Encoding: base64",
                "\r\nContent-Transfer-Encoding: é",
                f"\r\nContent-Type: text/plain; charset={self.one(CHARSETS)}",
                f"\r\nContent-Type: text/plain; charset*={self.one(CHARSETS)}''x",
                "\r\nContent-Length: x",
                "\r\nContent-Length: 99999999999999999999",
            ]
        )
        end = self.one(["\r\n--x--\r\n", "\r\n--x", "", "\r\n--x--x", "--x--"])
        text = self.text().encode("utf-8", "surrogatepass")
        body = f"--x\r\n{head}{more}\r\n\r\n".encode() + text + end.encode()
        kind = "multipart/form-data; boundary=x"
        if self.maybe(0.2):
            kind = self.content_type()
        return self.posted(path, body, kind)

    BODIES = (_json, _charset, _bytes, _raw, _many, _multipart, _multipart)
