"""The prompt of one question: the live model, the day, the members that may matter, the question before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from assistant.llm.names import as_data, relevant_members
from assistant.narrate.interpretation import interpretation
from assistant.understand.resolve import Resolved
from kpi.catalogue import Catalogue
from kpi.semantic import SemanticModel
from prompts.library import examples, template

LONGEST_QUESTION = 1_000  # characters, as for the rules

Message = dict[str, Any]  # role and content, as OpenAI's protocol has them


def first_messages(
    text: str, today: date, model: SemanticModel, catalogue: Catalogue, last: Resolved | None
) -> list[Message]:
    """System prompt and question. Holds nothing but definitions, names of members and the person's own words."""
    loaded = f"{catalogue.first_day} to {catalogue.last_day}" if not catalogue.is_empty else "none"
    system = template("system").substitute(
        today=f"{today:%A} {today}",
        loaded=loaded,
        metrics="\n".join(_metrics(model)),
        dimensions="\n".join(_dimensions(model)),
        members=as_data(relevant_members(text, catalogue)),
        last=interpretation(last.query, model, None) if last else "none",
        examples="\n".join(
            f"{example.question} -> {example.tool} {json.dumps(example.arguments)}" for example in examples()
        ),
    )
    return [{"role": "system", "content": system}, {"role": "user", "content": text[:LONGEST_QUESTION]}]


def estimated_tokens(text: str) -> int:
    """An upper estimate without the model's own tokenizer: a token for every three bytes."""
    return len(text.encode("utf-8", "replace")) // 3 + 1


def _metrics(model: SemanticModel) -> Iterator[str]:
    for metric in model.metrics.values():
        good = {"higher": "higher is better", "lower": "lower is better", None: "neither is better"}[metric.better]
        yield f"{metric.name}: {metric.label}. {metric.description} {metric.unit}, {good}"


def _dimensions(model: SemanticModel) -> Iterator[str]:
    for dimension in model.dimensions.values():
        yield f"{dimension.name}: {', '.join([dimension.label, *dimension.synonyms[:4]])}"
