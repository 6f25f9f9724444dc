"""A Hub of models on loopback: real HTTP, a second port as the storage host, and faults on demand."""

import hashlib
import sys
import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer

from tests.fakes.hub_pages import Pages

GGUF_FACTS = {"architecture": "llama", "total": 1_100_000_000, "context_length": 4096}


@dataclass
class Request:
    """One request as the server saw it; `status` is 0 where no status line was sent."""

    server: str  # "hub" or "cdn"
    method: str
    path: str
    range: str  # the Range header, "" when there was none
    status: int
    token: str  # as it came, "" when there was none
    host: str  # the Host header
    agent: str  # the User-Agent header
    sent: int = 0  # bytes of the body so far


@dataclass
class Repository:
    """What the Hub holds of one model; `sizes` are lies about the sizes of files."""

    name: str
    files: dict[str, bytes]
    gated: str | bool = False  # False, "auto" or "manual"
    private: bool = False
    licence: object = "apache-2.0"
    downloads: int = 10
    likes: int = 1
    updated: str | None = "2026-10-01T12:00:00.000Z"
    gguf: dict | None = field(default_factory=lambda: dict(GGUF_FACTS))
    tags: tuple[str, ...] = ("gguf",)
    sizes: dict[str, int] = field(default_factory=dict)
    accepted: bool = False  # the owner of the good token has accepted the terms

    @property
    def revision(self):
        return hashlib.sha1(f"{self.name} {sorted(self.files)}".encode()).hexdigest()

    def size(self, file):
        return self.sizes.get(file, len(self.files[file]))

    def sha256(self, file):
        return hashlib.sha256(self.files[file]).hexdigest()


class FakeHub:
    """`with FakeHub() as hub:` serves at `hub.url`; what was asked stands in `hub.log`.

    `add("owner/name", {"file": b"..."}, gated="manual", ...)` takes the fields of Repository.
    `fault(file, kind, ...)` spoils the next GET of the body of `file`; a name with a leading "/" spoils the
    next request of that path instead, before anything else is looked at. Faults of one name are used up in
    order; `times=` queues the same one several times. The kinds, with what they take:

    status(code, headers={})     that answer, such as 503 or 429 with {"Retry-After": "2"}
    cut(after) reset(after)      the line ends after that many bytes, by FIN or by RST
    stall(after)                 nothing comes any more, and the line stays open
    slow(bytes_per_second)
    corrupt(at)                  the byte at that offset of the file is another one
    norange                      a Range header is ignored
    elsewhere(start)             a part from there on, whatever was asked
    short(bytes)                 fewer bytes, with a length that agrees
    lies(bytes)                  Content-Length says that many; the body is as it is
    html                         a page of a router that wants a login, with status 200
    answer(body, headers={})     those bytes as JSON
    redirects                    a redirect to itself (use `times` well above 20)
    silent                       no answer at all
    drop                         the line is closed without an answer
    """

    def __init__(self, token="hf_good", cdn=True, page=100):
        self.token = token
        self.cdn = cdn  # whether large files are served by the storage host
        self.page = page  # results on one page of a list
        self.repositories = {}
        self.next_page_at = ""  # where the next pages of lists are, if not here
        self.renamed = {}  # old name of a repository -> new name
        self.log = []
        self.released = threading.Event()  # set to let silent and stalled requests end
        self._faults = defaultdict(deque)
        self._lock = threading.Lock()

    def add(self, name, files, **facts):
        repository = Repository(name, files, **facts)
        self.repositories[name] = repository
        return repository

    def fault(self, name, kind, times=1, **details):
        with self._lock:
            self._faults[name].extend([(kind, details)] * times)

    def next_fault(self, name):
        """Return the next (kind, details) for `name` and use it up; ("", {}) when all is well."""
        with self._lock:
            return self._faults[name].popleft() if self._faults[name] else ("", {})

    def note_request(self, pages, status):
        headers = pages.headers
        entry = Request(
            pages.name,
            pages.command,
            pages.path,
            headers.get("Range", ""),
            status,
            headers.get("Authorization", "").removeprefix("Bearer "),
            headers.get("Host", ""),
            headers.get("User-Agent", ""),
        )
        with self._lock:
            self.log.append(entry)
        return entry

    def asked(self, part="", server=""):
        """Return the requests whose path holds `part`, in order."""
        with self._lock:
            return [each for each in self.log if part in each.path and server in ("", each.server)]

    @property
    def url(self):
        return self._address(self._servers["hub"])

    @property
    def cdn_url(self):
        return self._address(self._servers["cdn"])

    def __enter__(self):
        self._servers = {name: _Server(("127.0.0.1", 0), _pages(self, name)) for name in ("hub", "cdn")}
        # The short interval is how long `shutdown` may take.
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.01,)) for server in self._servers.values()
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.released.set()
        for server in self._servers.values():
            server.shutdown()
        for thread in self._threads:
            thread.join()
        for server in self._servers.values():
            server.end()
        for bug in (bug for server in self._servers.values() for bug in server.bugs):
            raise AssertionError("the fake Hub failed") from bug

    @staticmethod
    def _address(server):
        return f"http://127.0.0.1:{server.server_port}"


class _Server(ThreadingHTTPServer):
    """Ends with all its lines: a client that keeps one open holds no thread back."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, address, handler):
        super().__init__(address, handler)
        self.bugs = []
        self._lines = set()
        self._lock = threading.Lock()

    def process_request(self, request, client_address):
        with self._lock:
            self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        with self._lock:
            self._lines.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):  # clients that go away in the middle are what is tested
            self.bugs.append(error)

    def end(self):
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            try:
                line.shutdown(2)
            except OSError:
                continue
        self.server_close()


def _pages(hub, name):
    return type(f"Pages_{name}", (Pages,), {"hub": hub, "name": name})
