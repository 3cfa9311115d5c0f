"""A ClamAV daemon small enough for a test: it speaks INSTREAM on a real socket."""

import socketserver
import struct
import threading
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        found = b"Eicar-Signature FOUND" if EICAR in content else b"OK"
        self.wfile.write(b"stream: " + (self.server.answer or found) + b"\0")


@contextmanager
def clamd(answer=b"", address=("127.0.0.1", 0)):
    """Serve until the block ends; `answer` instead of an honest one."""
    is_path = isinstance(address, str)
    kind = socketserver.UnixStreamServer if is_path else socketserver.TCPServer
    with kind(address, Session) as server:
        server.seen, server.answer = [], answer
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        server.address = address if is_path else f"127.0.0.1:{server.server_address[1]}"
        try:
            yield server
        finally:
            server.shutdown()
