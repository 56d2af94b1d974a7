"""The schema of an evaluation case and the reader of case files (``evals/cases/*.yml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from evals.dataset import DATASETS, Dataset
from kpi.errors import DefinitionError
from kpi.query import MetricQuery, Period

CASES = Path(__file__).with_name("cases")
Verdict = Literal["clarify", "cannot", "define", "data_status", "message"]


def _span(value: Any) -> Any:
    """``2025-06-01..2025-06-30`` or one day ``2025-06-01`` as a period."""
    if isinstance(value, date):
        return {"start": value, "end": value}
    if isinstance(value, str) and ".." in value:
        return dict(zip(("start", "end"), value.split("..", 1), strict=True))
    return value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Span = Annotated[Period, BeforeValidator(_span)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class ExpectedQuery(MetricQuery):
    """The query a case expects: exactly this one, except that ``order`` is compared only where it is written."""

    period: Span
    comparison: Span | None = None

    @model_validator(mode="after")
    def _limit_needs_order(self) -> ExpectedQuery:
        if self.limit and not self.order:
            raise ValueError("a limit without an order leaves open which rows are right")
        return self


class Case(BaseModel):
    """One thing a marketer wants to know, in one or more wordings that must all give the same typed query."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    category: str
    dataset: str
    today: date
    conversation: str | None = Field(None, description="the conversation of which this is one turn")
    after: Texts = Field((), description="messages sent before, in the same conversation")
    ask: Texts = Field(min_length=1, description="wordings of one question")
    expect: ExpectedQuery | Verdict
    gold: str | None = Field(None, description="SQL over the dataset's files that gives the right rows")
    mentions: Texts = Field((), description="texts that the answer must show, in any case")
    redundant: Texts = Field((), description="words that repeat what others say, so taking one out may change nothing")

    @model_validator(mode="after")
    def _something_to_check(self) -> Case:
        if isinstance(self.expect, ExpectedQuery) and not self.gold:
            raise ValueError("a case that expects a query needs `gold`: SQL for the rows it must give")
        if not isinstance(self.expect, ExpectedQuery) and self.gold:
            raise ValueError("`gold` is never looked at where no query is expected")
        if any(not text.strip() for text in (*self.mentions, self.gold or "-")):
            raise ValueError("an empty text would pass whatever the answer is")
        return self


def read_cases(paths: Iterable[Path] = (CASES,)) -> list[Case]:
    """All cases of the files and folders, in the order of their names. Raises DefinitionError naming the bad case."""
    files = [file for path in paths for file in (sorted(path.glob("*.yml")) if path.is_dir() else [path])]
    cases = [case for file in files for case in _read_file(file)]
    if not cases:
        raise DefinitionError("There is no case to run: name a YAML file with cases, or a folder of such files.")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise DefinitionError(f"Two cases are called {case.id}: each needs an id of its own.")
        seen.add(case.id)
    return cases


class _CaseFile(BaseModel):
    """One file holds one category; its dataset is that of its cases unless they name another."""

    model_config = ConfigDict(extra="forbid")

    category: str
    dataset: str
    cases: list[dict[str, Any]] = Field(min_length=1)


def _read_file(path: Path) -> list[Case]:
    try:
        file = _CaseFile.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise DefinitionError(f"{path} can't be read: {error.strerror}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"{path.name} is no file of cases: {error}") from error
    return [_case(path, file, part) for entry in file.cases for part in _turns(path, entry)]


def _turns(path: Path, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One case a turn where the entry is a conversation: the first wordings of the turns before it come before."""
    if "turns" not in entry:
        yield entry if "after" not in entry else {"conversation": entry.get("id"), **entry}
        return
    shared = {key: value for key, value in entry.items() if key != "turns"}
    turns, name, said = entry["turns"], entry.get("id", "?"), [*_listed(entry.get("after", []))]
    if (
        not isinstance(turns, list)
        or len(turns) < 2
        or not all(isinstance(turn, dict) and turn.get("ask") for turn in turns)
    ):
        raise DefinitionError(f"{path.name}, case {name}: a conversation has two or more turns, each with `ask`.")
    for number, turn in enumerate(turns, start=1):
        place = {"id": f"{name}-{number}", "conversation": name, "after": tuple(said)}
        yield {**shared, **place, **turn}
        said.append(_listed(turn["ask"])[0])


def _case(path: Path, file: _CaseFile, entry: dict[str, Any]) -> Case:
    """The case with what its file and its dataset say filled in."""
    name = entry.get("dataset", file.dataset)
    try:
        today = _dataset(name).today
        return Case(**{"category": file.category, "dataset": name, "today": today, **entry})
    except (ValidationError, DefinitionError) as error:
        raise DefinitionError(f"{path.name}, case {entry.get('id', '?')}: {error}") from error


def _dataset(name: str) -> Dataset:
    if name not in DATASETS:
        raise DefinitionError(f"no dataset is called {name!r}; there are {', '.join(DATASETS)}")
    return DATASETS[name]
