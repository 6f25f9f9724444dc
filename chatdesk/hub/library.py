"""huggingface_hub as this application uses it, set up before its first import."""

from __future__ import annotations

import os

# The library reads these while it is imported. Nothing is counted, no token of another program is sent, and
# files come by plain HTTP, whose transfers can be stopped and gone on with.
os.environ.update(
    {f"HF_HUB_DISABLE_{what}": "1" for what in ("TELEMETRY", "IMPLICIT_TOKEN", "XET", "PROGRESS_BARS")},
    HF_HUB_VERBOSITY="error",
)

from huggingface_hub import HfApi, ModelInfo, hf_hub_url, set_client_factory
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils._headers import build_hf_headers
from huggingface_hub.utils._http import hf_raise_for_status, hf_request_event_hook

__all__ = [
    "DisabledRepoError",
    "GatedRepoError",
    "HFValidationError",
    "HfApi",
    "HfHubHTTPError",
    "ModelInfo",
    "OfflineModeIsEnabled",
    "RemoteEntryNotFoundError",
    "RepositoryNotFoundError",
    "RevisionNotFoundError",
    "build_hf_headers",
    "hf_hub_url",
    "hf_raise_for_status",
    "hf_request_event_hook",
    "set_client_factory",
]
