"""How fast a download is on loopback, against reading the same bytes and against the least work there is.

usage: python tests/benchmarks/bench_download.py [megabytes] [rounds]
"""

import hashlib
import multiprocessing
import os
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import httpx2

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import DownloadRequest, HubAccess, RemoteFile
from chatdesk.hub.download import download

BLOCK = os.urandom(1 << 20)


def serve(server, blocks, etag):
    """Answer HEAD and GET with the same file, one line at a time."""
    head = f'HTTP/1.1 200 OK\r\nETag: "{etag}"\r\nContent-Length: {blocks << 20}\r\nConnection: close\r\n\r\n'
    while True:
        line, _ = server.accept()
        with line:
            asked = line.recv(65536)
            line.sendall(head.encode())
            for _ in range(blocks if asked.startswith(b"GET") else 0):
                line.sendall(BLOCK)


def read_only(url, folder):
    with httpx2.Client() as client, client.stream("GET", url) as response:
        for _ in response.iter_raw():
            pass


def read_hash_write(url, folder):
    """What any download has to do, in the plainest loop."""
    hashed = hashlib.sha256()
    with (
        (folder / "plain").open("wb") as file,
        httpx2.Client() as client,
        client.stream("GET", url) as response,
    ):
        for piece in response.iter_raw():
            hashed.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def ours(url, folder, size, sha256):
    request = DownloadRequest("owner/model", "main", (RemoteFile("m.gguf", size, sha256),), folder)
    (folder / "m.gguf").unlink(missing_ok=True)
    *_, last = download(request, HubAccess(url), CancelToken())
    assert last.paths


def main():
    """Print the median of each in MB/s and in seconds of the processor for a GB, and ours against the others.

    They run in turns. The seconds of the processor tell more than the speed where other programs run.
    """
    blocks = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    hashed = hashlib.sha256()
    for _ in range(blocks):
        hashed.update(BLOCK)
    sha256, size = hashed.hexdigest(), blocks << 20
    server = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{server.getsockname()[1]}"
    process = multiprocessing.Process(target=serve, args=(server, blocks, sha256), daemon=True)
    process.start()
    speeds = {"reading alone": [], "reading, hashing, writing": [], "download": []}
    costs = {kind: [] for kind in speeds}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(rounds):
            for kind, call in (
                ("reading alone", lambda: read_only(url, folder)),
                ("reading, hashing, writing", lambda: read_hash_write(url, folder)),
                ("download", lambda: ours(url, folder, size, sha256)),
            ):
                started, used = time.perf_counter(), time.process_time()
                call()
                speeds[kind].append(size / 1e6 / (time.perf_counter() - started))
                costs[kind].append((time.process_time() - used) * 1e9 / size)
    process.kill()
    ours_speed, ours_cost = (statistics.median(each["download"]) for each in (speeds, costs))
    for kind in speeds:
        speed, cost = statistics.median(speeds[kind]), statistics.median(costs[kind])
        against = f"download: speed x {ours_speed / speed:.2f}, processor x {ours_cost / cost:.2f}"
        print(f"{kind:28} {speed:5.0f} MB/s {cost:6.2f} s/GB   {against}")


if __name__ == "__main__":
    main()
