"""A file from a web address: checked hosts only, each redirect checked anew, bounded in size and time."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ingest.hosts import Target, check_address
from ingest.progress import Progress
from ingest.source import too_large
from kpi import events
from kpi.errors import LoadRefused
from kpi.settings import Settings

if TYPE_CHECKING:
    import httpx

    from ingest.places import Address

_MOST_REDIRECTS = 5
_CONNECT_SECONDS = 10
_SILENCE_SECONDS = 30
_WHOLE_SECONDS = 600


def download(place: Address, target: Path, settings: Settings, progress: Progress) -> Path:
    """Raises LoadRefused (not_allowed, unreadable, too_large)."""
    import httpx

    deadline = monotonic() + _WHOLE_SECONDS
    limits = httpx.Timeout(_SILENCE_SECONDS, connect=_CONNECT_SECONDS)
    context = httpx.create_ssl_context()  # honours SSL_CERT_FILE; proxies are not used: they would resolve anew
    with httpx.Client(timeout=limits, verify=context, trust_env=False, follow_redirects=False) as client:
        url = place.url
        for _ in range(_MOST_REDIRECTS + 1):
            goal = check_address(url, settings.import_hosts)
            try:
                with _opened(client, goal) as answer:
                    if not answer.has_redirect_location:
                        return _write(answer, target, place.name, settings.max_upload_mb, deadline, progress)
                    url = str(httpx.URL(url).join(answer.headers["location"]))
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
                events.record("download_failed", level=logging.WARNING, host=goal.host, error=repr(error)[:300])
                raise LoadRefused("unreadable", f"{goal.host} doesn't deliver the file. Try again later.") from error
    raise LoadRefused("unreadable", f"The address of {place.name} leads on and on. Give the final one.")


def _opened(client: httpx.Client, goal: Target) -> AbstractContextManager[httpx.Response]:
    headers = {"Host": goal.host_header, "Accept-Encoding": "identity", "User-Agent": "ai-data-platform"}
    return client.stream("GET", goal.pinned, headers=headers, extensions={"sni_hostname": goal.host})


def _write(answer: httpx.Response, target: Path, name: str, max_mb: int, deadline: float, progress: Progress) -> Path:
    if answer.status_code != 200:
        raise LoadRefused(
            "unreadable", f"The address of {name} answers with status {answer.status_code} instead of a file. Check it."
        )
    if answer.headers.get("content-type", "").startswith("text/html"):
        raise LoadRefused("unreadable", f"The address of {name} gives a web page, not a file. Correct it.")
    announced, limit, written = _length(answer), max_mb << 20, 0
    with target.open("wb") as out:
        for block in answer.iter_raw():
            written += len(block)
            if max(written, announced) > limit:
                raise too_large(name, max_mb)
            if monotonic() > deadline:
                raise LoadRefused("unreadable", f"{name} takes too long to arrive. Try again later.")
            out.write(block)
            progress("reading", written / max(announced, written))
    return target


def _length(answer: httpx.Response) -> int:
    announced = answer.headers.get("content-length", "")
    return int(announced) if announced.isdigit() else 0
