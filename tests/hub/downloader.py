"""A second process for the tests: it downloads one file, under difficulties if so asked.

It says how many bytes are done, one number a line; at the end the name of the error, if there was one.
"""

import os
import sys
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.hub import DownloadRequest, HubAccess, RemoteFile
from chatdesk.hub.download import download
from chatdesk.hub.retry import Patience


def main(how, url, folder, repository, revision, name, size, sha256):
    request = DownloadRequest(repository, revision, (RemoteFile(name, int(size), sha256),), Path(folder))
    events = download(request, HubAccess(url), CancelToken(), Patience(tick=0.01))
    if how == "in little room":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    if how == "without rights" and os.geteuid() == 0:
        os.seteuid(65534)
    try:
        for event in events:
            if hasattr(event, "done"):
                print(event.done, flush=True)
    except ChatDeskError as error:
        print(type(error).__name__, error.sentence)


if __name__ == "__main__":
    main(*sys.argv[1:])
