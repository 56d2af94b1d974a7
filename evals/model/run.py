"""Ask the rules and the configured model the same questions, on the same data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

from evals.ask import ask
from evals.case import Case
from evals.dataset import ROOT
from evals.outcome import Outcome
from evals.run import loaded, run
from kpi.errors import PlatformError
from kpi.settings import Settings

UNLIMITED = 10**12
EXAMPLES = ROOT / "prompts" / "examples"
NO_MODEL = (
    "No language model is set up: set OPENAI_API_KEY (any text where the endpoint wants no key), and OPENAI_BASE_URL "
    "and LLM_MODEL for one of your own."
)


@dataclass(frozen=True)
class Comparison:
    """Outcomes by the rules, and by the model once for each repeat; all lists in the same order of questions."""

    model: str
    rules: list[Outcome]
    repeats: list[list[Outcome]]
    tokens: int
    cost: float


def compare(cases: Iterable[Case], repeat: int, progress: Callable[[Outcome], None] = lambda _: None) -> Comparison:
    """Raises PlatformError where no model is set up or a dataset can't be loaded."""
    settings = Settings.load()
    if not settings.has_language_model:
        raise PlatformError(NO_MODEL)
    by_dataset = attrgetter("dataset")
    ordered = sorted(cases, key=by_dataset)
    by_rules = run(ordered)
    repeats: list[list[Outcome]] = [[] for _ in range(repeat)]
    tokens, cost = 0, 0.0
    for name, group in groupby(ordered, key=by_dataset):
        used = _ask_model(name, list(group), repeats, progress)
        tokens, cost = tokens + used[0], cost + used[1]
    return Comparison(settings.llm_model, by_rules, repeats, tokens, cost)


def _ask_model(
    dataset: str, cases: list[Case], repeats: list[list[Outcome]], progress: Callable[[Outcome], None]
) -> tuple[int, float]:
    """Tokens and cost. The model is asked first, as by /ai; budgets of a person don't hold for a run, prices do."""
    limits = dict.fromkeys(("llm_tokens_per_user_a_day", "llm_tokens_a_day", "llm_tokens_per_conversation"), UNLIMITED)
    with loaded(dataset, **limits, llm_summaries=False) as (assistant, gold):
        for outcomes in repeats:
            for case in cases:
                begin = partial(assistant.conversation, today=case.today, prefer_model=True)
                for outcome in ask(case, begin, gold.rows(case)):
                    outcomes.append(outcome)
                    progress(outcome)
        spent = assistant.language_model.spent if assistant.language_model else None
        return (spent.tokens, spent.cost) if spent else (0, 0.0)


def unseen(cases: Iterable[Case]) -> list[Case]:
    """Without the cases that the model reads as examples in its prompt: those it knows the answers of."""
    shown = {file.stem for file in EXAMPLES.glob("*.md")}
    return [case for case in cases if case.id not in shown]


def first_wordings(cases: list[Case], every: int) -> list[Case]:
    """The first wording of every ``every``-th case: a look that costs little."""
    return [case.model_copy(update={"ask": case.ask[:1]}) for case in cases[::every]]
