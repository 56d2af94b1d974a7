"""The assistant of one workspace: what every surface opens and talks to."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import formats
from assistant.answer import Answer
from assistant.compose import metric_answer, unanswered
from assistant.conversation import Conversation
from assistant.dates import Calendar
from assistant.understand.outcomes import Unanswered
from assistant.understand.rules import Rules
from assistant.understand.triggers import Triggers
from kpi import events
from kpi.engine import Engine
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel
from kpi.settings import Settings
from kpi.workspace import Workspace
from prompts.library import tool_prompts
from tools.base import Note, ToolContext
from tools.query_kpis import QueryKpis, query_kpis
from tools.workflow_names import spoken_names

if TYPE_CHECKING:
    from assistant.llm.model import LanguageModel

STALE_AFTER = timedelta(days=7)


class Assistant:
    """Safe to share between threads; each person asks in a conversation of their own."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.model = SemanticModel.load()
        self.engine = Engine(workspace, self.model)
        self._rules: Rules | None = None
        self._language_model: LanguageModel | None = None
        self._language_model_lock = threading.Lock()
        self._triggers = Triggers(tool_prompts(), partial(spoken_names, workspace))

    @classmethod
    def open(cls, folder: str | Path, settings: Settings | None = None) -> Assistant:
        """Open (and create) a workspace. Raises WorkspaceBusy, WorkspaceError or SettingsError."""
        return cls(Workspace.open(folder, settings))

    def conversation(
        self, today: date | None = None, user: str | None = None, *, prefer_model: bool = False
    ) -> Conversation:
        return Conversation(self, today, user, prefer_model=prefer_model)

    @property
    def language_model(self) -> LanguageModel | None:
        """The model that reads what the rules can't place; None where no key is set."""
        if not self.workspace.settings.has_language_model:
            return None
        with self._language_model_lock:  # one for all: it holds what the day has cost so far
            if self._language_model is None:
                from assistant.llm.model import LanguageModel

                self._language_model = LanguageModel(self.workspace.settings, self.workspace.folder)
            return self._language_model

    def translate(self, text: str, today: date | None = None) -> Answer:
        """Understand a question without running it: status, query and options, by the rules alone."""
        calendar, _ = self.calendar(today)
        try:
            understood = self.rules.understand(text, calendar)
        except Unanswered as refusal:
            return unanswered(refusal)
        query = understood.resolved.query if understood.resolved else None
        return Answer(
            status="answered" if query else "message", kind="metrics" if query else "message", text="", query=query
        )

    def answer_query(self, query: MetricQuery, today: date | None = None) -> Answer:
        """Run a typed query. Raises InvalidQuery, RevenueUnknown or QueryTimeout."""
        started = time.perf_counter()
        context = ToolContext(self.engine, today or self.workspace.today())
        answer = metric_answer(query_kpis(context, QueryKpis(query=query)), context)
        answer.id = events.new_id()
        answer.timings_ms.query = answer.timings_ms.total = (time.perf_counter() - started) * 1000
        events.record("query", id=answer.id, rows=len(answer.rows), ms=round(answer.timings_ms.total, 1))
        return answer

    def load_file(self, path: str | Path, **options: Any) -> Any:
        """Load a file into the workspace; options and report as of ``ingest.load``."""
        from tools import ingest_file

        return ingest_file.load(self.workspace, path, **options)

    @property
    def rules(self) -> Rules:
        """The rules over what is loaded now; rebuilt when the data changed."""
        catalogue = self.engine.catalogue
        if self._rules is None or self._rules.catalogue is not catalogue:
            self._rules = Rules.over(self.model, catalogue, self._triggers)
        return self._rules

    def calendar(self, today: date | None) -> tuple[Calendar, Note | None]:
        """How dates are read. Where the newest day is old and no day was given, the day after it counts as today."""
        settings, catalogue = self.workspace.settings, self.engine.catalogue
        calendar = Calendar(
            today=today or self.workspace.today(),
            week_start=settings.week_start,
            fiscal_year_start=settings.fiscal_year_start,
            date_order=settings.date_order,
        )
        if catalogue.first_day:
            calendar = replace(calendar, first_day=catalogue.first_day)
        newest = catalogue.last_day
        if today is None and newest and calendar.today - newest > STALE_AFTER:
            shifted = replace(calendar, today=newest + timedelta(days=1), real_today=calendar.today)
            return shifted, _old_data(newest)
        return calendar, None

    def data_version(self) -> str:
        return self.engine.catalogue.data_version

    def close(self) -> None:
        self.engine.close()
        self.workspace.close()


def _old_data(newest: date) -> Note:
    day = formats.days(Period(start=newest, end=newest))
    return Note(code="data_old", text=f"The newest loaded day is {day}, so I count the day after it as today.")
