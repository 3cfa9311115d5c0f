"""A mail server and an SMS gateway, small but real, that refuse when told to."""

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MailServer(socketserver.ThreadingTCPServer):
    """SMTP as far as a client needs it. `refuse` holds addresses it says 550 to."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[tuple[str, str]] = []
        self.refuse: set[str] = set()
        self.sessions = 0


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.sessions += 1
        self._say("220 uji")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("QUIT"):
                self._say("221 sampai jumpa")
                return
            if verb.startswith("RCPT"):
                to = line[line.index("<") + 1 : line.index(">")]
                refused = to in self.server.refuse
                self._say("550 tidak dikenal" if refused else "250 ok")
            elif verb.startswith("DATA"):
                self._say("354 silakan")
                self.server.received.append((to, self._body()))
                self._say("250 ok")
            else:
                self._say("250 ok")

    def _body(self):
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class Gateway(ThreadingHTTPServer):
    """Takes JSON by POST, as the gateways of telephone companies do."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Request)
        self.received: list[dict] = []
        self.keys: list[str] = []
        self.status = 200

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class _Request(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == 200:
            self.server.received.append(json.loads(body))
            self.server.keys.append(self.headers["Idempotency-Key"])
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def serving(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
