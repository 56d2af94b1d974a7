"""Workflows of one workspace: what can be run, asking for it, and how it goes. Tools and the API talk to this."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from kpi import events
from kpi.errors import DefinitionError, PlatformError, WorkflowRefused
from kpi.workspace import Workspace
from n8n.client import N8nClient
from n8n.connection import Connection, connection
from n8n.jobs.alerts import AlertMemory
from n8n.jobs.dispatcher import Dispatcher, Pace
from n8n.jobs.job import Job, State
from n8n.jobs.store import JobStore
from n8n.offer import Offer, is_tagged, offer, shipped
from n8n.signing import Verifier
from n8n.sources import Source, sources

_LISTED_FOR_SECONDS = 30.0
INGEST = "ingest-file"
POST_TO_SLACK = "slack-post"


@dataclass(frozen=True)
class Offers:
    """``is_fresh``: n8n said so itself; else these are the workflows that we ship."""

    offers: dict[str, Offer]
    is_fresh: bool


class Workflows:
    """Safe to share between threads. The dispatcher runs only where a server holds the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._folder = workspace.folder
        self._settings = workspace.settings
        self.store = JobStore(workspace.folder)
        self.alerts = AlertMemory(workspace.folder)
        self.dispatcher = Dispatcher(self.store, self.client, Pace(silence=self._settings.workflow_silence_seconds))
        self.dispatcher.beside.append(self.offers)  # so that the chat knows a new workflow by its name
        self._listed: tuple[float, Offers] | None = None
        self._not_listed: str | None = None  # why n8n could not be asked, the last time
        self._lock = threading.Lock()
        self._verifier: tuple[str, Verifier] | None = None

    # -- n8n ---------------------------------------------------------------------------------------------------------
    def connection(self) -> Connection:
        return connection(self._folder, self._settings)

    def client(self) -> N8nClient:
        return N8nClient(self.connection())

    def verifier(self) -> Verifier:
        """One for all reports, so that it knows which came before."""
        secret = self.connection().callback_secret
        with self._lock:
            if self._verifier is None or self._verifier[0] != secret:
                self._verifier = secret, Verifier(secret)
            return self._verifier[1]

    # -- what there is -----------------------------------------------------------------------------------------------
    def offers(self) -> Offers:
        """The workflows for the chat: as n8n lists them, asked at most every half minute; ours where it is away."""
        with self._lock:
            if self._listed is None or time.monotonic() - self._listed[0] > _LISTED_FOR_SECONDS:
                self._listed = time.monotonic(), self._list()
            return self._listed[1]

    def known_offers(self) -> dict[str, Offer]:
        """As ``offers``, but without asking n8n: what it said last."""
        listed = self._listed
        return listed[1].offers if listed and listed[1].is_fresh else _shipped_offers()

    def sources(self) -> dict[str, Source]:
        return sources(self._folder)

    def _list(self) -> Offers:
        try:
            listed = Offers(_offers(self.client().workflows()), is_fresh=True)
        except PlatformError as error:
            self._note_not_listed(str(error)[:200])
            return Offers(_shipped_offers(), is_fresh=False)
        self._not_listed = None
        return listed

    def _note_not_listed(self, error: str) -> None:
        """Once for each reason: without n8n the same would be logged twice a minute."""
        if error != self._not_listed:
            events.record("workflows_not_listed", error=error)
        self._not_listed = error

    # -- asking for it -----------------------------------------------------------------------------------------------
    def ask_for(
        self, workflow: str, parameters: dict[str, Any], *, title: str, state: State = "waiting", **about: Any
    ) -> tuple[Job, bool]:
        """A job, and whether it is new. ``about``: key, parent, conversation and user, as of ``JobStore.add``."""
        key = about.pop("key", None) or uuid4().hex
        job, is_new = self.store.add(
            workflow, parameters, key=key, title=title, patience=self._patience, state=state, **about
        )
        if not is_new and (job.workflow, job.parameters) != (workflow, parameters):
            raise WorkflowRefused(f"The key of this request belongs to job {job.number}, which is another one.")
        self.dispatcher.wake()
        return job, is_new

    def accept(self, number: int, conversation: str | None = None) -> bool:
        """Let a job run that was proposed, failed or was stopped; False where it runs or is done."""
        changed = self.store.accept(number, self._patience, conversation)
        self.dispatcher.wake()
        return changed

    def stop(self, number: int, by: str) -> Job:
        """Stop a job and, where n8n is at it, its execution. Raises UnknownJob; N8nAway once the job is stopped."""
        job = self.store.get(number)
        self.store.stop(number, by)
        for child in self.store.children(number):
            self.store.stop(child.number, by)
        if job.state == "running" and job.execution:
            self.client().stop(job.execution)
        return self.store.get(number)

    def import_daily(self, day: date, found: list[tuple[str, dict[str, Any]]], **about: Any) -> list[Job]:
        """Jobs for the sources of the day and for the files found (key and parameters); only those that are new."""
        wanted = [
            (f"source:{name}:{day}", source.parameters(day, day))
            for name, source in self.sources().items()
            if source.daily
        ]
        asked = [
            self.ask_for(INGEST, parameters, title=_place(parameters), key=key, **about)
            for key, parameters in [*wanted, *found]
        ]
        return [job for job, is_new in asked if is_new]

    @property
    def _patience(self) -> float:
        return self._settings.workflow_minutes * 60


def _offers(listed: list[dict[str, Any]]) -> dict[str, Offer]:
    """Those that can be read: one malformed workflow in n8n must not hide the others."""
    found: dict[str, Offer] = {}
    for workflow in listed:
        try:
            read = offer(workflow)
        except DefinitionError as error:
            events.record("workflow_not_offered", error=str(error)[:300])
            continue
        if read is not None:
            found[read.id] = read
    return found


@cache
def _shipped_offers() -> dict[str, Offer]:
    return _offers([workflow for workflow in shipped() if is_tagged(workflow)])


def _place(parameters: dict[str, Any]) -> str:
    return f"Load {parameters.get('import_path') or parameters.get('address')}"


_services: WeakKeyDictionary[Workspace, Workflows] = WeakKeyDictionary()
_services_lock = threading.Lock()


def workflows(workspace: Workspace) -> Workflows:
    """The one service of an open workspace."""
    with _services_lock:
        if workspace not in _services:
            _services[workspace] = Workflows(workspace)
        return _services[workspace]
