"""Hand a file to the server that holds the workspace; while it runs, ``<workspace>/server.json`` has its address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest.report import LoadReport
from kpi.errors import LoadRefused, WorkspaceBusy, WorkspaceError

if TYPE_CHECKING:
    import httpx

_CONNECT_SECONDS = 5
_LOAD_SECONDS = 3600  # a load may wait in the queue behind others


def send(
    path: Path, workspace: Path, token: str | None, said: Mapping[str, str | bool | None], busy: WorkspaceBusy
) -> LoadReport:
    """The server's report of the load. Raises WorkspaceError in one line where there is no such server or it won't."""
    import httpx

    if not path.is_file():
        refusal = LoadRefused("unreadable", f"There is no file {path.name}. Check the path.")
        return LoadReport(file=path.name, status="refused", reason=refusal.reason, message=str(refusal))
    address = _address(workspace, busy)
    form = {name: str(value).lower() if isinstance(value, bool) else value for name, value in said.items() if value}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    timeout = httpx.Timeout(_LOAD_SECONDS, connect=_CONNECT_SECONDS)
    try:
        with path.open("rb") as file:
            files = {"file": (path.name, file, "text/csv")}
            answer = httpx.post(f"{address}/api/ingest", data=form, files=files, headers=headers, timeout=timeout)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WorkspaceError(
            f"The server at {address} holds the workspace but doesn't answer. Stop or restart it, then load again."
        ) from error
    return _report(answer, address)


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
