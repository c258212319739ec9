# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server between the program and the sandbox that lies about some requests."""
import http.client
import http.server
import socket
import struct
import threading


class Liar:
    """Passes requests on to the sandbox. Those that post messages get the lies in turn, each a
    function of a Handler or None for the truth, and the truth once there are none left."""

    def __init__(self, url):
        self.port = int(url.rsplit(":", 1)[1])
        self.path = "/messages"   # about what it lies: paths that end so
        self.lies = []
        self.lock = threading.Lock()
        self.end = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.liar = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next_lie(self, path):
        with self.lock:
            return self.lies.pop(0) if path.endswith(self.path) and self.lies else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end.set()
        self.server.shutdown()
        self.server.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def ask(self):
        """What the sandbox says: status, headers, body."""
        to = http.client.HTTPConnection("127.0.0.1", self.server.liar.port, timeout=60)
        to.request(self.command, self.path, self.body, dict(self.headers))
        got = to.getresponse()
        answer = got.status, dict(got.getheaders()), got.read()
        to.close()
        return answer

    def answer(self, status, body=b"", kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle_request(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        lie = self.server.liar.next_lie(self.path)
        try:
            if lie is not None:
                lie(self)
                return
            status, headers, body = self.ask()
            self.answer(status, body, headers.get("Content-Type", "application/json"))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_PUT = do_POST = do_DELETE = handle_request


def says(status, body=b"{}", kind="application/json", **headers):
    return lambda handler: handler.answer(status, body, kind, **headers)


def resets(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def is_silent(handler):
    handler.server.liar.end.wait()
    handler.close_connection = True


def takes_and(lie):
    """The sandbox gets it all the same."""
    def both(handler):
        handler.ask()
        lie(handler)
    return both
