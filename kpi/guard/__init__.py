"""The guard for SQL that the compiler did not write: by a language model, or typed by an analyst.

    text rules -> one parsed query -> allowed nodes -> relations in scope -> bounded series, texts, joins
    -> DuckDB's own reading -> rewritten with a row cap -> DuckDB's reading of that -> both bound to an empty mirror

Only the rewritten text may run, never the text that came in. The rules are data: ``rules.yml``, ``refusals.yml``.
"""

from __future__ import annotations

from kpi.errors import SqlRejected

__all__ = ["SqlRejected", "validate"]


def validate(sql: str, scope: object | None = None) -> str:
    """The SQL text to run over ``kpi_daily``: ``sql`` written again from its tree, capped in rows.

    Raises SqlRejected with one line for a person. A ``scope`` (only some of the data may be seen) is always refused:
    it takes a database that holds only that part, which this check of a text can't stand in for.
    """
    from kpi.guard import pipeline
    from kpi.guard.refusals import refusal

    if scope is not None:
        raise refusal("scoped")
    return pipeline.run(sql)
