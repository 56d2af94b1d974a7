"""Does every claim of a text hold in a result? Strict on purpose: what can't be checked is an objection.

A text is read in clauses. A number must be a cell as our tables write it, of the one metric and row that its clause (or
the clause before, in the same sentence) names. Words such as 'rose', 'worse' or 'highest' must hold for that cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assistant import formats
from assistant.llm.prose import Token, number_text, tokenize
from kpi.extras import unit_of
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel

Row = Mapping[str, Any]
_DIRECTIONS = frozenset({"rises", "falls", "improves", "worsens", "stays"})
_EXTREMES = frozenset({"highest", "lowest", "best", "worst"})
_DERIVED = frozenset({"per", "share"})
UNITS = frozenset({"day", "week", "month", "quarter", "year"})
_STEADY = 0.0005  # a change that is shown as 0.0 %


@dataclass(frozen=True)
class Clause:
    """Tokens that make a claim together, and the metrics and rows they are about."""

    tokens: Sequence[Token]
    metrics: tuple[str, ...]
    rows: tuple[Row, ...]
    before: bool  # it is about the earlier period
    repeats: bool  # it names no row of its own, and its sentence told that number of that metric already

    @property
    def meanings(self) -> frozenset[str]:
        return frozenset().union(*(token.value for token in self.tokens if token.kind == "word"))


@dataclass(frozen=True)
class Claims:
    """The claims that can be made about one result."""

    query: MetricQuery
    rows: Sequence[Row]
    model: SemanticModel
    currency: str | None

    def objection(self, text: str) -> str | None:
        """The reason why the text may not be shown: ``word``, ``name``, ``number``, ``direction`` or ``extreme``."""
        tokens = list(tokenize(text, self.query, self.rows, self.model))
        if any(token.kind == "unknown" or self._is_another_unit(token) for token in tokens):
            return "word"
        return next(filter(None, map(self._of_clause, self._clauses(tokens))), None)

    def _clauses(self, tokens: Sequence[Token]) -> Iterator[Clause]:
        """Metrics are carried on until another is named; rows and the period until the sentence ends."""
        metrics = self.query.metrics[:1] if len(self.query.metrics) == 1 else ()
        rows, before, told = tuple(self.rows), False, set[tuple[str, ...]]()
        for part, ends_sentence in _parts(tokens):
            metrics = tuple(dict.fromkeys(t.value for t in part if t.kind == "metric")) or metrics
            own_rows = self._rows_named(part)
            rows, before = own_rows or rows, _is_before(part, before)
            told = set() if own_rows else told
            numbers = [(*metrics, part[at].value) for at in _numbers(part)]
            yield Clause(part, metrics, rows, before, repeats=any(number in told for number in numbers))
            told.update(numbers)
            if ends_sentence:
                rows, before, told = tuple(self.rows), False, set()

    def _is_another_unit(self, token: Token) -> bool:
        """'this week' about a month: a unit of time must be the trend's, the period's own, or an average's."""
        said = token.value & UNITS if token.kind == "word" else frozenset()
        period = self.query.period
        own = {self.query.grain, *(unit for unit in UNITS for e in self.query.extras if unit in e.kind)}
        own |= {unit for unit in UNITS if whole_unit(period) == unit}
        return not said <= own

    def _rows_named(self, tokens: Sequence[Token]) -> tuple[Row, ...]:
        members = {token.value for token in tokens if token.kind == "member"}
        buckets = {token.value for token in tokens if token.kind == "bucket"}
        if not members and not buckets:
            return ()
        return tuple(
            row
            for row in self.rows
            if (not buckets or row["period"] in buckets)
            and all(any(row[d] == m for d, m in members if d == name) for name in {d for d, _ in members})
        )

    def _of_clause(self, clause: Clause) -> str | None:
        if not _claims_something(clause.tokens):
            named = any(token.kind in {"member", "bucket", "metric"} for token in clause.tokens)
            return "name" if named else None  # 'Meta had 3.1 and Google': what of Google?
        directions, extremes = clause.meanings & _DIRECTIONS, clause.meanings & _EXTREMES
        if len(directions) + len(extremes) > 1 or not clause.metrics or not clause.rows:
            return "direction"
        if any(not self._moved(row, name, direction) for direction in directions for row, name in _cells(clause)):
            return "direction"
        if any(not self._is_extreme(clause, extreme) for extreme in extremes):
            return "extreme"
        if clause.repeats:
            return "number"  # 'Meta had 3.1, then 3.1': of what?
        return None if all(self._is_cell(clause, at) for at in _numbers(clause.tokens)) else "number"

    def _moved(self, row: Row, name: str, direction: str) -> bool:
        change: float | None = row.get(f"{name}_change")
        better = self.model.metrics[name].better
        if change is None:
            return False
        if direction == "stays":
            return abs(change) < _STEADY
        if direction in {"improves", "worsens"}:
            return bool(better and change) and (change > 0) == ((direction == "improves") == (better == "higher"))
        return change != 0 and (change > 0) == (direction == "rises")

    def _is_extreme(self, clause: Clause, extreme: str) -> bool:
        """The largest or smallest of all rows, where the result holds all that the claim is about."""
        if len(clause.rows) != 1 or len(clause.metrics) != 1 or len(self.rows) < 2:
            return False
        name = clause.metrics[0]
        better = self.model.metrics[name].better
        if extreme in {"best", "worst"} and better is None:
            return False
        is_high = extreme == "highest" or (extreme in {"best", "worst"} and (extreme == "best") == (better == "higher"))
        values = [row[name] for row in self.rows if row.get(name) is not None]
        value = clause.rows[0].get(name)
        return value is not None and value == (max if is_high else min)(values) and self._holds_that_end(name, is_high)

    def _holds_that_end(self, name: str, is_high: bool) -> bool:
        """The first five by spend hold the highest spend, but not the lowest, nor the best ROAS."""
        query = self.query
        if query.top or (query.limit and query.order is None):
            return False
        return not query.limit or (
            query.order is not None and (query.order.by, query.order.descending) == (name, is_high)
        )

    def _is_cell(self, clause: Clause, at: int) -> bool:
        if len(clause.rows) != 1 or len(clause.metrics) != 1:
            return False
        row, name, shown = clause.rows[0], clause.metrics[0], clause.tokens[at].value
        if clause.before or _follows_before(clause.tokens, at):
            return bool(shown == self._shown(row.get(f"{name}_previous"), name))
        if at > 0 and "by" in _roles(clause.tokens[at - 1]):
            return shown in self._changes(row, name, clause)
        if clause.meanings & _DERIVED:
            return shown in self._extras(row, name, clause.meanings)
        return shown in {self._shown(row.get(name), name), *self._changes(row, name, clause)}

    def _changes(self, row: Row, name: str, clause: Clause) -> set[str]:
        """Signed beside the word 'change'; without a sign behind a word that says which way."""
        change = row.get(f"{name}_change")
        if change is None or not clause.meanings & {*_DIRECTIONS, "changes"}:
            return set()
        signed = number_text(formats.change(change))
        return {signed, signed.lstrip("+-")} if clause.meanings & _DIRECTIONS else {signed}

    def _shown(self, value: Any, name: str) -> str | None:
        return (
            None if value is None else number_text(formats.value(value, self.model.metrics[name].unit, self.currency))
        )

    def _extras(self, row: Row, name: str, meanings: frozenset[str]) -> set[str]:
        """Shares and averages of the metric, of the kind that the words name."""
        kinds = [e for e in self.query.extras if e.metric == name and e.kind.split("_")[0] in meanings]
        units = {e.column: unit_of(e, self.model.metrics[name]) for e in kinds}
        return {number_text(formats.value(row[c], unit, self.currency)) for c, unit in units.items()}


def whole_unit(period: Period) -> str | None:
    """The calendar unit that the period is one of."""
    first, last = period.start, period.end + timedelta(days=1)
    months = (last.year - first.year) * 12 + last.month - first.month
    if first.day == last.day == 1:
        return {1: "month", 3: "quarter", 12: "year"}.get(months)
    return {1: "day", 7: "week"}.get(period.days)


def _is_before(tokens: Sequence[Token], carried: bool) -> bool:
    """Whether the clause is about the earlier period. 'fell 8 % from the previous period' only compares."""
    if any(t.kind == "now_period" or "now" in _roles(t) for t in tokens):
        return False
    marks = [at for at, t in enumerate(tokens) if t.kind == "before_period" or "earlier" in _roles(t)]
    compares = [at for at in marks if _follows_before(tokens, at) and _claims_something(tokens[:at])]
    return carried if not marks else len(compares) < len(marks)


def _follows_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether 'from', 'versus' … stands in front, with nothing but articles and the like between."""
    while at > 0 and tokens[at - 1].kind in {"word", "before_period"}:
        at -= 1
        if tokens[at].kind == "word" and "before" in _roles(tokens[at]):
            return True
        if not _roles(tokens[at]) & {"skipped", "earlier", *UNITS} and tokens[at].kind == "word" and _roles(tokens[at]):
            return False
    return False


def _roles(token: Token) -> frozenset[str]:
    roles: frozenset[str] = token.value if token.kind == "word" else frozenset()
    return roles


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    """Clauses with whether they end a sentence. 'Meta and Google had 3.1' breaks only behind a claim."""
    part: list[Token] = []
    for token in tokens:
        if token.kind == "end" or (token.kind == "break" and _claims_something(part)):
            yield part, token.kind == "end"
            part = []
        elif token.kind != "break":
            part.append(token)
    yield part, True


def _claims_something(tokens: Sequence[Token]) -> bool:
    claims = _DIRECTIONS | _EXTREMES
    return any(token.kind == "number" or (token.kind == "word" and token.value & claims) for token in tokens)


def _numbers(tokens: Sequence[Token]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token.kind == "number"]


def _cells(clause: Clause) -> Iterator[tuple[Row, str]]:
    return ((row, name) for row in clause.rows for name in clause.metrics)
