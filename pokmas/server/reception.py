"""How a process of the web server receives requests and sends answers.

gunicorn keeps the processes; in each of them waitress receives a request whole before
one of our threads is taken, and sends the answer after the thread is free again. So a
phone on a slow line holds a socket, never a thread. What is added here is how long a
line may stay without being of use, what is said to a request that is too large, and
threads apart for what opens files (`lanes.py`).
"""

import logging
import os
import resource
import socket
import time
from collections import defaultdict
from urllib.parse import quote

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from pokmas.server import counting, lanes, leaving
from pokmas.server.addresses import named_by_proxies
from pokmas.server.masking import masked

# Seconds. A phone that changes cells is silent for some; proxies keep a line for 120.
FIRST_BYTE = HEAD = 10
UNREAD = 60
KEPT = 130
# How long what is too large is thrown away, and how long lines end when a process does.
DRAINED = 60
FAREWELL = 3
# A body may take half an hour, and from its 20th second on comes at 1 KB/s at least.
BODY, BODY_BEGINS, BODY_RATE = 1800, 20, 1024
# Lines of one process, and of one address those whose request is not complete yet.
LINES, INCOMPLETE_EACH = 1000, 100
# More lines than that, and nobody may keep one for long.
MANY_LINES = LINES // 2
# An answer waits on disk, up to this, for who reads slowly; then its thread waits.
ANSWER_IN_MEMORY, ANSWER_ON_DISK = 1 << 20, 256 << 20
# How long a process waits for something to come before it looks round.
TURN = 0.5
# A process whose master died serves on, until the next master's processes are there.
ORPHANED = 30

# Those of a path that are written in it as they are.
PATH_SIGNS = "/:@!$&()*+,;=~"
# Asked every second by who passes requests on; of them the log has what is not well.
PROBES = ("/health/live/", "/health/ready/")

visits = logging.getLogger("pokmas.visits")
# That a request waits for a thread is seen by how long it took.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


class Head(HTTPRequestParser):
    """A request whose body is left unread if it is larger than any form of ours.

    The portal says so in words by the length that was declared.
    """

    largest = 0
    is_unread = False

    def received(self, data):
        consumed = super().received(data)
        coming = max(self.content_length, self.body_bytes_received)
        if self.error or not self.headers_finished or coming <= self.largest:
            return consumed
        self.headers["CONTENT_LENGTH"] = str(coming)
        self.is_unread = self.completed = True
        self.expect_continue = False
        self.body_rcv = None
        return len(data)


class Visit(WSGITask):
    """A request and its answer, with one line in the log."""

    def start(self):
        super().start()
        if self.request.is_unread or self.channel.server.is_closing:
            self.set_close_on_finish()

    def service(self):
        before = time.monotonic()
        lanes.waited.set(before - self.channel.queued_at)
        try:
            super().service()
        finally:
            # Without the query, and as it came: no sign of it begins a line.
            path = quote(self.request.path, PATH_SIGNS, encoding="latin-1")
            is_well = self.request.path in PROBES and self.status.startswith("200")
            visits.log(
                logging.DEBUG if is_well else logging.INFO,
                '%s "%s %s HTTP/%s" %s %s %dms',
                self.channel.address or self.channel.addr[0],
                self.request.command,
                masked(path),
                self.request.version,
                self.status[:3],
                self.content_bytes_written,
                (time.monotonic() - before) * 1000,
            )


class Line(HTTPChannel):
    """One connection, and why it would be cut."""

    parser_class = Head
    task_class = Visit
    # When the request that is coming in began, and when its head was complete.
    began = head_came = None
    # Since when what comes is thrown away, so that its sender still reads the answer.
    draining_since = None
    # When its request began to wait for a thread.
    queued_at = 0.0

    @property
    def address(self) -> str:
        """Whose line it is; "" while only a proxy of ours is known."""
        proxies = self.server.proxies
        if not proxies:
            return self.addr[0]
        request = self.request or (self.requests and self.requests[0])
        named = request.headers.get("X_FORWARDED_FOR", "") if request else ""
        return named_by_proxies(named, proxies)

    @property
    def is_idle(self) -> bool:
        return not (self.requests or self.request or self.total_outbufs_len)

    @property
    def is_incomplete(self) -> bool:
        """Whether a request is on its way, or nothing ever came."""
        return self.request is not None or (
            not self.requests and self.last_activity == self.creation_time
        )

    def readable(self):
        return bool(self.draining_since) or super().readable()

    def received(self, data):
        if self.draining_since:
            return False
        if self.request is None:
            self.began, self.head_came = time.time(), None
        received = super().received(data)
        if self.request is not None:
            if self.head_came is None and self.request.headers_finished:
                self.head_came = time.time()
        elif any(each.is_unread for each in self.requests):
            self.draining_since = time.time()
        return received

    def handle_write(self):
        # Closed while something still comes in, an answer would be lost on its way.
        lingers = self.draining_since and self.close_when_flushed
        if lingers:
            self.close_when_flushed = False
        super().handle_write()
        if lingers and self.total_outbufs_len:
            self.close_when_flushed = True
        elif lingers and self.connected:
            self.socket.shutdown(socket.SHUT_WR)

    def is_of_no_use(self, now: float, hurry: float) -> bool:
        """Whether to cut it; `hurry` is below 1 where lines are scarce."""
        silent = now - self.last_activity
        if self.draining_since:
            return silent > FAREWELL or now - self.draining_since > DRAINED
        if self.requests or self.total_outbufs_len:
            return bool(self.total_outbufs_len) and silent > UNREAD * hurry
        if self.request is None:
            never = self.last_activity == self.creation_time
            return silent > (FIRST_BYTE if never else KEPT) * hurry
        if self.head_came is None:
            return now - (self.began or now) > HEAD * hurry
        took = now - self.head_came
        least = BODY_RATE * (took - BODY_BEGINS * hurry)
        return took > BODY or self.request.body_bytes_received < least


class Reception(TcpWSGIServer):
    """Receives on one socket; every second it looks which lines are of no use."""

    channel_class = Line
    is_closing = False
    proxies = 0

    def maintenance(self, now):
        lines = self.lines
        hurry = 1 if len(lines) < MANY_LINES else 0.2
        incomplete = defaultdict(list)
        for line in lines:
            if line.is_of_no_use(now, hurry):
                line.will_close = True
            elif line.is_incomplete and line.address:
                incomplete[line.address].append(line)
        for several in incomplete.values():
            several.sort(key=lambda line: line.began or line.creation_time)
            for line in several[:-INCOMPLETE_EACH]:
                line.will_close = True

    def leave(self):
        """Take no new lines; the socket itself is the master's."""
        self.accepting = False
        self.is_closing = True
        self.del_channel()

    @property
    def lines(self) -> list[Line]:
        return list(self.active_channels.values())


class ReceivingWorker(Worker):
    """A process of gunicorn's that serves through waitress."""

    # Where it counts its requests, as the master said before it forked.
    place = 0

    def handle_usr1(self, sig, frame):
        """All of this host end soon (`launch.serve`); until then it serves on."""
        leaving.soon.set()

    def run(self):
        from django.conf import settings

        Head.largest = settings.MAX_REQUEST_BYTES
        Reception.proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        _allow_files()
        counting.take_place(self.place)
        self.lines: dict = {}
        self.threads = CountingThreads(self)
        self.threads.set_thread_count(self.cfg.threads)
        self.receptions = [self._reception(each) for each in self.sockets]
        self.orphaned_at = None
        while self.alive:
            self._turn()
            self._look_at_master()
        self._finish()

    def _reception(self, bound) -> Reception:
        sock = bound.sock
        options = Adjustments(
            sockets=[sock],
            threads=self.cfg.threads,
            ident=None,
            expose_tracebacks=False,
            clear_untrusted_proxy_headers=False,
            connection_limit=LINES,
            backlog=self.cfg.backlog,
            cleanup_interval=1,
            # What is too large is told so by the portal, in words.
            max_request_body_size=1 << 62,
            outbuf_overflow=ANSWER_IN_MEMORY,
            outbuf_high_watermark=ANSWER_ON_DISK,
            log_socket_errors=False,
        )
        return Reception(
            self.wsgi,
            self.lines,
            dispatcher=self.threads,
            adj=options,
            _sock=sock,
            bind_socket=False,
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
        )

    def _turn(self):
        wasyncore.loop(timeout=TURN, use_poll=True, map=self.lines, count=1)
        self.notify()

    def _look_at_master(self):
        if os.getppid() == self.ppid:
            return
        self.orphaned_at = self.orphaned_at or time.monotonic()
        if time.monotonic() - self.orphaned_at > ORPHANED:
            self.alive = False

    def _finish(self):
        """Answer what has come; who was told nothing yet is told on his next request
        that the line ends."""
        for reception in self.receptions:
            reception.leave()
        # Once all have closed it, who comes is refused at once and asks another host.
        for bound in self.sockets:
            bound.close()
        begun = time.monotonic()
        while time.monotonic() - begun < self.cfg.graceful_timeout:
            lines = [line for each in self.receptions for line in each.lines]
            is_over = time.monotonic() - begun > FAREWELL
            if not lines or (is_over and all(line.is_idle for line in lines)):
                break
            self._turn()
        self.threads.shutdown()


class CountingThreads(ThreadedTaskDispatcher):
    """The threads that answer; a process ends after so many requests."""

    def __init__(self, worker):
        super().__init__()
        self.worker = worker
        self.opening = ThreadedTaskDispatcher()
        self.opening.set_thread_count(lanes.THREADS)

    def add_task(self, task):
        task.queued_at = time.monotonic()
        request = task.requests[0]
        if not (request.error or request.is_unread) and lanes.opens_files(request):
            self.opening.add_task(task)
        else:
            super().add_task(task)
        self.worker.nr += 1
        if self.worker.nr >= self.worker.max_requests:
            self.worker.alive = False

    def shutdown(self, *args, **kwargs):
        self.opening.shutdown(*args, **kwargs)
        return super().shutdown(*args, **kwargs)


def _allow_files():
    """Each line is an open file, and a large body one more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * LINES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
