"""Hand a file to the server that holds the workspace; while it runs, ``<workspace>/server.json`` has its address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest.places import Address, Imported, Place
from ingest.report import LoadReport
from kpi.errors import LoadRefused, WorkspaceBusy, WorkspaceError

if TYPE_CHECKING:
    import httpx

_CONNECT_SECONDS = 5
_LOAD_SECONDS = 3600  # a load may wait in the queue behind others


def send(
    place: Place, workspace: Path, token: str | None, said: Mapping[str, str | bool | None], busy: WorkspaceBusy
) -> LoadReport:
    """The server's report of the load. Raises WorkspaceError in one line where there is no such server or it won't."""
    import httpx

    if isinstance(place, Path) and not place.is_file():
        refusal = LoadRefused("unreadable", f"There is no file {place.name}. Check the path.")
        return LoadReport(file=place.name, status="refused", reason=refusal.reason, message=str(refusal))
    address = _address(workspace, busy)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    timeout = httpx.Timeout(_LOAD_SECONDS, connect=_CONNECT_SECONDS)
    try:
        with httpx.Client(headers=headers, timeout=timeout) as client:
            answer = _post(client, f"{address}/api/ingest", place, said)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WorkspaceError(
            f"The server at {address} holds the workspace but doesn't answer. Stop or restart it, then load again."
        ) from error
    return _report(answer, address)


def _post(client: httpx.Client, url: str, place: Place, said: Mapping[str, str | bool | None]) -> httpx.Response:
    """A file goes along; an address or a path of the import folder is the server's to fetch."""
    given = {name: value for name, value in said.items() if value}
    if isinstance(place, Address):
        return client.post(url, json={"address": place.url, **given})
    if isinstance(place, Imported):
        return client.post(url, json={"import_path": place.path, **given})
    form = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
    with place.open("rb") as file:
        return client.post(url, data=form, files={"file": (place.name, file, "text/csv")})


def _address(workspace: Path, busy: WorkspaceBusy) -> str:
    try:
        return str(json.loads((workspace / "server.json").read_text("utf-8"))["url"]).rstrip("/")
    except (OSError, ValueError, KeyError, TypeError):
        raise busy from None


def _report(answer: httpx.Response, address: str) -> LoadReport:
    if answer.status_code == 401:
        raise WorkspaceError(f"The server at {address} asks for a token. Set API_TOKEN to the server's and load again.")
    try:
        return LoadReport.model_validate(answer.json())
    except (ValueError, ValidationError) as error:
        raise WorkspaceError(f"The server at {address} didn't load the file: {_detail(answer)}") from error


def _detail(answer: httpx.Response) -> str:
    """The reason in a problem-details answer, in one line."""
    try:
        problem = answer.json()
        return str(problem.get("detail") or problem.get("title"))
    except (ValueError, AttributeError):
        return f"it answered with status {answer.status_code}."
