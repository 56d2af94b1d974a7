"""Run cases on workspaces that are made for the run and thrown away after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import Assistant
from evals.ask import ask
from evals.case import Case
from evals.dataset import DATASETS
from evals.gold import Gold
from evals.outcome import Outcome
from kpi.errors import PlatformError
from kpi.settings import Settings

LOADED = {"loaded", "loaded_with_rejects"}


def run(cases: Iterable[Case], progress: Callable[[Outcome], None] = lambda _: None) -> list[Outcome]:
    """Outcomes by dataset, in the order of the cases. Raises PlatformError where a dataset can't be loaded."""
    by_dataset = attrgetter("dataset")
    outcomes = []
    for name, group in groupby(sorted(cases, key=by_dataset), key=by_dataset):
        with loaded(name) as (assistant, gold):
            for case in group:
                for outcome in ask(case, partial(assistant.conversation, today=case.today), gold.rows(case)):
                    outcomes.append(outcome)
                    progress(outcome)
    return outcomes


@contextmanager
def loaded(dataset: str, **settings_of_route: Any) -> Iterator[tuple[Assistant, Gold]]:
    """An assistant on a workspace that holds the dataset, and the gold rows' source over the same files.

    Without settings of a route the rules answer alone, whatever key the environment holds.
    """
    with TemporaryDirectory(prefix="evals-") as folder:
        files = DATASETS[dataset].paths(Path(folder) / "files")
        route = settings_of_route or {"openai_api_key": None}
        settings = Settings.load(conversion_value=DATASETS[dataset].conversion_value, **route)
        assistant = Assistant.open(Path(folder) / "workspace", settings)
        try:
            for file in files:
                _load(assistant, file)
            yield assistant, Gold(dataset, files)
        finally:
            assistant.close()


def _load(assistant: Assistant, file: Path) -> None:
    report = assistant.load_file(file)
    if report.status not in LOADED:
        raise PlatformError(f"{file.name} could not be loaded: {report.message}")
