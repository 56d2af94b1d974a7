"""The line that says what was understood: metrics, breakdown, filters, exact dates, comparison, order."""

from __future__ import annotations

from assistant import formats
from assistant.narrate.conditions import condition_words
from kpi.columns import column_named
from kpi.extras import in_words
from kpi.query import MemberFilter, MetricQuery
from kpi.semantic import SemanticModel


def interpretation(query: MetricQuery, model: SemanticModel, currency: str | None) -> str:
    """One line, parts joined by ' · '."""
    parts = [join([model.metrics[name].label for name in query.metrics])]
    parts += [_extra_words(query, model)] if query.extras else []
    if query.dimensions:
        parts.append("by " + join([model.dimensions[name].label.lower() for name in query.dimensions]))
    if query.grain:
        parts.append(f"per {query.grain}")
    parts += [_member_words(f, model) for f in query.member_filters]
    parts += [condition_words(f, query, model, currency) for f in query.conditions]
    parts.append(formats.days(query.period))
    if query.comparison:
        parts[-1] += f" against {formats.days(query.comparison)}"
    parts += _order_words(query, model)
    return " · ".join(parts)


def join(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _member_words(condition: MemberFilter, model: SemanticModel) -> str:
    label = model.dimensions[condition.dimension].label.lower()
    members = join(list(condition.values))
    return f"{label} {members}" if condition.op == "in" else f"without {label} {members}"


def _extra_words(query: MetricQuery, model: SemanticModel) -> str:
    return join([in_words(extra, model.metrics[extra.metric]) for extra in query.extras])


def _order_words(query: MetricQuery, model: SemanticModel) -> list[str]:
    words: list[str] = []
    if query.top:
        side = "highest" if query.top.descending else "lowest"
        plural = model.dimensions[query.top.dimension].plural
        within = "".join(f" in each {_group_word(name, query, model)}" for name in query.top.within)
        which = (
            f"the {query.top.n} {plural}"
            if query.top.n > 1
            else f"the {model.dimensions[query.top.dimension].label.lower()}"
        )
        words.append(f"{which} with the {side} {model.metrics[query.top.by].label}{within}")
    if query.order:
        words.append(_sorted_words(query, model))
    if query.limit:
        words.append(f"first {query.limit}" if query.limit > 1 else "first one only")
    return words


def _group_word(name: str, query: MetricQuery, model: SemanticModel) -> str:
    return str(query.grain) if name == "period" else model.dimensions[name].label.lower()


def _sorted_words(query: MetricQuery, model: SemanticModel) -> str:
    assert query.order
    name = query.order.by
    if name in query.dimensions or name == "period":
        return f"sorted by {name}"
    return f"{'highest' if query.order.descending else 'lowest'} {column_named(name, query, model).label} first"
