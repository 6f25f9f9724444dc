"""A SOCKS5 proxy on loopback (RFC 1928, RFC 1929) that knows where a few names are."""

import socket
import threading
from urllib.parse import urlsplit

VERSION, CONNECT, NAME = 5, 1, 3
NO_LOGIN, LOGIN, NO_WAY = 0, 2, 255
DONE, UNKNOWN = 0, 4


class SocksProxy:
    """`names` leads each name to the address of a server; `login` is "user:password" or nothing.

    `asked` has the names that clients wanted, in order.
    """

    def __init__(self, names, login=""):
        self.asked = []
        self._names = {name: urlsplit(url) for name, url in names.items()}
        self._login = login
        self._lines = []
        self._threads = []

    @property
    def place(self):
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        self._start(self._listen)
        return self

    def __exit__(self, *_):
        self._server.shutdown(socket.SHUT_RDWR)
        for line in self._lines:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        for thread in self._threads:
            thread.join()
        for line in (self._server, *self._lines):
            line.close()

    def _start(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _listen(self):
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self._lines.append(client)
            self._start(self._serve, client)

    def _serve(self, client):
        try:
            if self._greet(client):
                self._connect(client)
        except OSError:
            return

    def _greet(self, client):
        _, count = _take(client, 2)
        offered = _take(client, count)
        way = LOGIN if self._login else NO_LOGIN
        if way not in offered:
            client.sendall(bytes((VERSION, NO_WAY)))
            return False
        client.sendall(bytes((VERSION, way)))
        if way == LOGIN:
            _take(client, 1)
            told = [_take(client, _take(client, 1)[0]).decode() for _ in range(2)]
            right = ":".join(told) == self._login
            client.sendall(bytes((1, 0 if right else 1)))
            return right
        return True

    def _connect(self, client):
        _, command, _, kind = _take(client, 4)
        name = _take(client, _take(client, 1)[0]).decode() if kind == NAME else "an address"
        _take(client, 2)
        self.asked.append(name)
        target = self._names.get(name)
        outcome = DONE if target and command == CONNECT else UNKNOWN
        client.sendall(bytes((VERSION, outcome, 0, 1, 0, 0, 0, 0, 0, 0)))
        if outcome == DONE:
            server = socket.create_connection((target.hostname, target.port))
            self._lines.append(server)
            self._start(_carry, server, client)
            _carry(client, server)


def _take(line, count):
    data = b""
    while len(data) < count:
        piece = line.recv(count - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


def _carry(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
