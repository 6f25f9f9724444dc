"""The pages of the fake Hub: what the real client asks for, and the faults that spoil an answer."""

import json
import re
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, unquote, urlsplit

STORED_APART = (".gguf", ".safetensors", ".bin")  # such files come from the storage host, by a redirect
LOGIN_PAGE = b"<!DOCTYPE html><html><title>Login</title><body>Welcome to Hotel Wifi</body></html>"
CHUNK = 16384
_REPOSITORY = r"([^/]+/[^/]+)"


class Pages(BaseHTTPRequestHandler):
    """Answers one line; `hub` is the FakeHub and `name` the server, "hub" or "cdn"."""

    hub = None
    name = ""
    protocol_version = "HTTP/1.1"
    wbufsize = 0

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        address = urlsplit(self.path)  # a whole one when the server is asked as a proxy
        self._path, self._query = unquote(address.path), parse_qs(address.query)
        fault, details = self.hub.next_fault(self._path)
        if fault:
            return self._spoil(fault, details)
        pages = _CDN_PAGES if self.name == "cdn" else _HUB_PAGES
        for pattern, page in pages:
            if match := re.fullmatch(pattern, self._path):
                return page(self, *match.groups())
        return self._refuse(404, message="no such page")

    def page_whoami(self):
        if self._token() != self.hub.token:
            return self._refuse(401, message="Invalid user token")
        return self._json({"name": "tester", "type": "user"})

    def page_models(self):
        found = sorted(self._matching(), key=self._sort_key(), reverse=True)
        count = min(int(self._query.get("limit", ["1000"])[0]), self.hub.page)
        start = int(self._query.get("cursor", ["0"])[0])
        shown = [self._facts(repository, blobs=False) for repository in found[start : start + count]]
        headers = []
        if start + count < len(found):
            rest = re.sub("&?cursor=[0-9]+", "", urlsplit(self.path).query)
            place = f"{self.hub.next_page_at or self.hub.url}/api/models?{rest}&cursor={start + count}"
            headers = [("Link", f'<{place}>; rel="next"')]
        wanted = self._query.get("expand", [])
        if wanted:
            shown = [{k: v for k, v in each.items() if k in {"_id", "id", *wanted}} for each in shown]
        return self._json(shown, headers=headers)

    def page_model(self, repository, revision=None):
        if repository in self.hub.renamed:
            return self._redirect(
                f"/api/models/{self.hub.renamed[repository]}?{urlsplit(self.path).query}", 307
            )
        found = self._repository(repository)
        if found is None:
            return None
        if revision not in (None, "main", found.revision):
            return self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return self._json(self._facts(found, blobs="blobs" in self._query))

    def page_resolve(self, repository, revision, file):
        if repository in self.hub.renamed:
            return self._redirect(f"/{self.hub.renamed[repository]}/resolve/{revision}/{quote(file)}", 307)
        found = self._repository(repository)
        if found is None:
            return None
        if found.gated and not (found.accepted and self._token() == self.hub.token):
            return self._refuse(
                403 if self._token() else 401, "GatedRepo", f"Access to model {repository} is restricted."
            )
        if revision not in ("main", found.revision):
            return self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        commit = ("X-Repo-Commit", found.revision)
        if file not in found.files:
            return self._refuse(404, "EntryNotFound", "Entry not found", [commit])
        if not file.endswith(STORED_APART):
            return self._redirect(
                f"/api/resolve-cache/models/{repository}/{revision}/{quote(file)}", 307, [commit]
            )
        tag = f'"{found.sha256(file)}"'
        headers = [commit, ("X-Linked-Etag", tag), ("X-Linked-Size", str(found.size(file)))]
        if self.hub.cdn:
            place = f"{self.hub.cdn_url}/{repository}/{found.sha256(file)}/{quote(file)}?signed=yes"
            return self._redirect(place, 302, headers)
        return self._body(found, file, [*headers, ("ETag", tag)])

    def page_small(self, repository, revision, file):
        found = self._repository(repository)
        return found and self._body(found, file, [("ETag", f'"{found.sha256(file)[:40]}"')])

    def page_stored(self, repository, sha256, file):
        found = self.hub.repositories.get(repository)
        if found is None or file not in found.files or found.sha256(file) != sha256:
            return self._refuse(403, message="expired")
        return self._body(found, file, [("ETag", f'"{sha256}"')])

    def _matching(self):
        words = self._query.get("search", [""])[0].lower().split()
        tags = set(self._query.get("filter", []))
        return [
            each
            for each in self.hub.repositories.values()
            if not each.private
            and tags <= set(each.tags)
            and all(word in each.name.lower() for word in words)
        ]

    def _sort_key(self):
        name = self._query.get("sort", ["trendingScore"])[0]
        field = {"lastModified": "updated", "downloads": "downloads"}.get(name, "likes")
        return lambda repository: getattr(repository, field) or ("" if field == "updated" else 0)

    def _facts(self, repository, blobs):
        facts = {
            "_id": "0" * 24,
            "id": repository.name,
            "author": repository.name.split("/")[0],
            "sha": repository.revision,
            "private": repository.private,
            "gated": repository.gated,
            "downloads": repository.downloads,
            "likes": repository.likes,
            "trendingScore": repository.likes,
            "tags": list(repository.tags),
            "cardData": {"license": repository.licence},
            "siblings": [self._sibling(repository, file, blobs) for file in repository.files],
        }
        if repository.updated:
            facts["lastModified"] = repository.updated
        if repository.gguf is not None:
            facts["gguf"] = repository.gguf
        return facts

    def _sibling(self, repository, file, blobs):
        if not blobs:
            return {"rfilename": file}
        size, sha256 = repository.size(file), repository.sha256(file)
        facts = {"rfilename": file, "size": size, "blobId": sha256[:40]}
        if file.endswith(STORED_APART):
            facts["lfs"] = {"size": size, "sha256": sha256, "pointerSize": 135}
        return facts

    def _repository(self, name):
        found = self.hub.repositories.get(name)
        if self._token() and self._token() != self.hub.token:
            self._refuse(401, message="Invalid credentials in Authorization header")
            return None
        if found is None or (found.private and not self._token()):
            # Without a token the real Hub does not tell a missing repository from a private one.
            self._refuse(404 if self._token() else 401, "RepoNotFound", "Repository not found")
            return None
        return found

    def _token(self):
        return (self.headers.get("Authorization") or "").removeprefix("Bearer ")

    def _body(self, repository, file, headers):
        fault, details = self.hub.next_fault(file) if self.command == "GET" else ("", {})
        if fault in _WHOLE_ANSWERS:
            return self._spoil(fault, details)
        data = repository.files[file]
        start, end, status = 0, len(data), 200
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        if asked and fault != "norange":
            start = int(asked[1])
            end = min(end, int(asked[2]) + 1) if asked[2] else end
            total = repository.size(file)
            if start >= len(data):
                return self._refuse(416, message="range", headers=[("Content-Range", f"bytes */{total}")])
            start = details["start"] if fault == "elsewhere" else start
            status = 206
            headers = [*headers, ("Content-Range", f"bytes {start}-{end - 1}/{total}")]
        if fault == "short":
            end = min(end, start + details["bytes"])
        if fault == "corrupt" and start <= details["at"] < end:
            changed = bytearray(data)
            changed[details["at"]] ^= 255
            data = bytes(changed)
        length = details["bytes"] if fault == "lies" else end - start
        self._head(status, [*headers, ("Accept-Ranges", "bytes"), ("Content-Length", str(length))])
        if self.command != "HEAD":
            self._send(data[start:end], fault, details)
        if fault == "lies":
            self.close_connection = True
        return None

    def _send(self, data, fault, details):
        """Send `data`; faults that end the line act on the way."""
        stop = min(len(data), details["after"]) if fault in ("cut", "reset", "stall") else len(data)
        for place in range(0, stop, CHUNK):
            piece = data[place : min(place + CHUNK, stop)]
            try:
                self._write(piece)
            except OSError:
                self.close_connection = True
                return
            if fault == "slow" and self.hub.released.wait(len(piece) / details["bytes_per_second"]):
                break
        if fault == "cut":
            self._cut()
        elif fault == "reset":
            self._reset()
        elif fault == "stall":
            self._wait_until_left()

    def _write(self, data):
        # Counted before it leaves: a client that has it may look into the log at once.
        self._entry.sent += len(data)
        self.wfile.write(data)

    def _spoil(self, fault, details):
        if fault == "status":
            return self._refuse(
                details["code"], message="injected", headers=list(details.get("headers", {}).items())
            )
        if fault == "html":
            length = ("Content-Length", str(len(LOGIN_PAGE)))
            self._head(200, [("Content-Type", "text/html"), length])
            return self._write(LOGIN_PAGE if self.command != "HEAD" else b"")
        if fault == "answer":
            length = ("Content-Length", str(len(details["body"])))
            self._head(
                200, [("Content-Type", "application/json"), length, *details.get("headers", {}).items()]
            )
            return self._write(details["body"])
        if fault == "redirects":
            return self._redirect(self.path, 302)
        self.hub.note_request(self, 0)
        if fault == "silent":
            self._wait_until_left()
        self.close_connection = True
        return None

    def _cut(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _reset(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # The reader holds the socket too: without this the line would stay open until it is collected.
        self.rfile.close()
        self.connection.close()

    def _wait_until_left(self):
        """Keep the line open and say nothing until the client goes away or the server ends."""
        self.close_connection = True
        deadline = time.monotonic() + 60
        self.connection.settimeout(0.02)
        while not self.hub.released.is_set() and time.monotonic() < deadline:
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def _redirect(self, place, status, headers=()):
        self._head(status, [*headers, ("Location", place), ("Content-Length", "0")])

    def _refuse(self, status, code="", message="", headers=()):
        extra = [("X-Error-Code", code)] if code else []
        self._json({"error": message}, status, [*headers, *extra, ("X-Error-Message", message)])

    def _json(self, value, status=200, headers=()):
        body = json.dumps(value).encode()
        described = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        self._head(status, [*headers, *described])
        if self.command != "HEAD":
            self._write(body)

    def _head(self, status, headers):
        self._entry = self.hub.note_request(self, status)
        self.send_response(status)
        self.send_header("Set-Cookie", "visitor=42")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()


_WHOLE_ANSWERS = ("status", "html", "answer", "redirects", "silent", "drop")
_HUB_PAGES = (
    ("/api/whoami-v2", Pages.page_whoami),
    ("/api/models", Pages.page_models),
    (f"/api/models/{_REPOSITORY}", Pages.page_model),
    (f"/api/models/{_REPOSITORY}/revision/([^/]+)", Pages.page_model),
    (f"/api/resolve-cache/models/{_REPOSITORY}/([^/]+)/(.+)", Pages.page_small),
    (f"/{_REPOSITORY}/resolve/([^/]+)/(.+)", Pages.page_resolve),
)
_CDN_PAGES = ((f"/{_REPOSITORY}/([0-9a-f]{{64}})/(.+)", Pages.page_stored),)
