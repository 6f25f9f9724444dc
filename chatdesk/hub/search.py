"""Searches the Hub for models in the GGUF format."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Literal

from chatdesk.domain.hub import HubAccess, HubQuery, HubSort, RemoteModel
from chatdesk.hub.connection import api
from chatdesk.hub.models import remote_model

MOST_RESULTS = 500
_SORTS: Mapping[HubSort, Literal["downloads", "likes", "trending_score", "last_modified"]] = {
    HubSort.downloads: "downloads",
    HubSort.likes: "likes",
    HubSort.trending: "trending_score",
    HubSort.recent: "last_modified",
}
_LONGEST_WORDS = 200  # characters; the server refuses addresses of several thousand


def search(query: HubQuery, access: HubAccess, patience: float) -> list[RemoteModel]:
    """Return at most 500 repositories with GGUF files, best first by the query's order. Raises HubError."""
    limit = max(1, min(query.limit, MOST_RESULTS))
    words = " ".join(query.words.split())[:_LONGEST_WORDS]
    with api(access, patience) as hub:
        found = list(
            islice(
                hub.list_models(
                    search=words or None,
                    filter="gguf",
                    sort=_SORTS[query.sort],
                    limit=limit,
                    expand=["gguf", "gated", "cardData", "tags", "downloads", "likes", "lastModified"],
                ),
                limit,
            )
        )
    models = (remote_model(info) for info in found)
    return list({model.id: model for model in models if model is not None}.values())
