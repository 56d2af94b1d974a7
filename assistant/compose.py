"""Puts an answer together: a tool's result, in words, with chart, notes and chips."""

from __future__ import annotations

from assistant import charts
from assistant.answer import Answer
from assistant.narrate.edits import edits
from assistant.narrate.follow_ups import follow_ups
from assistant.narrate.interpretation import interpretation
from assistant.narrate.notes import data_notes, stand_in_notes
from assistant.narrate.reply import reply
from assistant.narrate.samples import MOST_ROWS, counting, small_sample_notes
from assistant.narrate.sentence import sentence
from assistant.understand.outcomes import Unanswered
from assistant.understand.resolve import Resolved
from kpi.coverage import days_of, relevant
from kpi.query import MetricQuery, Period
from tools.base import Note, ToolContext, ToolResult


def compose(result: ToolResult, resolved: Resolved | None, context: ToolContext) -> Answer:
    """The answer to a tool call that ran; ``resolved`` where the rules made a metric query of the message."""
    if result.query is None or result.health is None:
        return _as_it_is(result)
    answer = metric_answer(result, context)
    if resolved is None:
        return answer
    if resolved.draft.readings:
        answer.interpretation += " · " + "; ".join(resolved.draft.readings)
    answer.text = reply(
        answer.text, resolved.draft, result.query, result.rows, context.model, context.workspace.currency
    )
    assumed = [Note(code=a.code, text=a.text) for a in resolved.assumptions]
    answer.notes = [*assumed, *answer.notes, *stand_in_notes(resolved.draft.stand_ins)]
    before = resolved.period.previous()
    previous = Period(start=before.start, end=before.end)
    catalogue, model = context.engine.catalogue, context.model
    answer.follow_ups = follow_ups(result.query, result.rows, previous, catalogue, model)
    answer.edits = edits(result.query, previous, catalogue, model, context.workspace.currency)
    return answer


def metric_answer(result: ToolResult, context: ToolContext) -> Answer:
    """Words, chart and notes of a metric result."""
    query, health = result.query, result.health
    assert query is not None and health is not None
    currency, model = context.workspace.currency, context.model
    notes = data_notes(query, health, model, today=context.today, conversion_value=context.workspace.conversion_value)
    notes += _small_samples(query, len(result.rows), context)
    return Answer(
        status="answered",
        kind="metrics",
        text=sentence(query, result.rows, model, currency, has_data=health.rows > 0),
        interpretation=interpretation(query, model, currency),
        query=query,
        sql=result.sql,
        columns=list(result.columns),
        rows=list(result.rows),
        chart=charts.figure(
            query, result.columns, result.rows, model=model, currency=currency, loaded_days=_loaded_days(query, context)
        ),
        notes=notes,
        data_version=result.data_version,
    )


def _small_samples(query: MetricQuery, rows: int, context: ToolContext) -> list[Note]:
    counted = counting(query, context.model) if 0 < rows <= MOST_ROWS else None
    return small_sample_notes(query, context.engine.run(counted).result.rows, context.model) if counted else []


def unanswered(refusal: Unanswered) -> Answer:
    """A question back, or what can't be answered, as an answer."""
    return Answer.model_validate(
        {
            "status": refusal.status,
            "kind": refusal.kind,
            "text": str(refusal),
            "sql": refusal.sql,
            "notes": list(refusal.notes),
            "options": list(refusal.options),
            "route": refusal.route,
        }
    )


def _as_it_is(result: ToolResult) -> Answer:
    return Answer.model_validate(
        {
            "status": result.status,
            "kind": result.kind,
            "text": result.text,
            "interpretation": result.interpretation,
            "sql": result.sql,
            "columns": list(result.columns),
            "rows": list(result.rows),
            "notes": list(result.notes),
            "options": list(result.options),
            "follow_ups": list(result.follow_ups),
            "data_version": result.data_version,
        }
    )


def _loaded_days(query: MetricQuery, context: ToolContext) -> list[str]:
    ranges = relevant(context.engine.catalogue.loaded, query)
    return sorted(day.isoformat() for day in days_of(ranges, query.period))
