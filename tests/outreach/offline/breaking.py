"""A line that breaks in the middle of what is sent."""

import random
import socket
import threading
from contextlib import suppress

SENDS = b"POST /activities/offline/"


class Line:
    """Stands between a browser and the portal, and breaks `breaks` times.

    Whatever sends a report is cut off until then: before it has arrived, after, or in
    the middle of the answer.
    """

    def __init__(self, port: int, breaks: int):
        self.port, self.breaks, self.broken = port, breaks, 0
        self.is_up, self.draw = True, random.Random(breaks)
        self.lock = threading.Lock()
        self.server = socket.create_server(("localhost", 0))
        self.base = f"http://localhost:{self.server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.server.close()

    def _accept(self):
        while True:
            try:
                browser, _address = self.server.accept()
            except OSError:
                return
            if not self.is_up:
                browser.close()
                continue
            portal = socket.create_connection(("localhost", self.port))
            both = (browser, portal)
            cut = {"sent": None, "answered": None}
            for source, goal, name in (
                (browser, portal, "sent"),
                (portal, browser, "answered"),
            ):
                threading.Thread(
                    target=self._pass, args=(source, goal, both, cut, name), daemon=True
                ).start()

    def _pass(self, source, goal, both, cut, name):
        with suppress(OSError):
            while piece := source.recv(4096):
                if name == "sent" and SENDS in piece:
                    self._plan(cut)
                left = cut[name]
                goal.sendall(piece[:left])
                if left is not None:
                    cut[name] = left - len(piece)
                    if cut[name] <= 0:
                        break
        for each in both:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _plan(self, cut):
        """Where this one breaks, if the line still does."""
        with self.lock:
            if self.broken >= self.breaks:
                cut.update(sent=None, answered=None)
                return
            self.broken += 1
            if self.draw.random() < 0.5:
                cut["sent"] = self.draw.randrange(1, 60_000)
            cut["answered"] = self.draw.randrange(0, 300)
