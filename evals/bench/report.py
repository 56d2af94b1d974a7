"""docs/benchmarks.md from the results of all parts run so far, explained.md, and the plot."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from evals.bench.plot import plot

_TITLES = {
    "load": "Loading 1M rows into 10M",
    "big_load": "Loading 10M rows",
    "questions": "Questions over 100M facts",
    "ask": "A question without its queries",
    "chat": "A team in the chat",
    "readers": "Readers during a load",
    "scale": "Scale",
}
_EXPLAINED = Path(__file__).with_name("explained.md")
_HEAD = """# Benchmarks

Every figure here was printed by `make bench` (or one part of it, `make bench PART={parts}`) and written by it. Times
are CPU time of the whole process, because other programs share the machine, as medians of interleaved rounds; each
ratio is to a baseline taken in the same run. “Reached” is about the value in brackets, which must hold.

Machine: {machine}, DuckDB {duckdb}. Last written {day}.

![Cost by number of facts](images/benchmarks.svg)
"""


def write_report(docs: Path, results: dict[str, Any]) -> None:
    parts = [name for name in _TITLES if name in results]
    head = _HEAD.format(
        parts=parts[0] if parts else "",
        machine=f"{platform.system()} {platform.machine()}, {_cores()} cores, Python {platform.python_version()}",
        duckdb=duckdb.__version__,
        day=datetime.now(UTC).date(),
    )
    tables = [_section(name, results[name]) for name in parts]
    text = "\n\n".join([head.strip(), *tables, _EXPLAINED.read_text("utf-8").strip()])
    (docs / "benchmarks.md").write_text(text + "\n", "utf-8")
    series = {name: points for part in results.values() for name, points in part["series"].items()}
    if series:
        (docs / "images" / "benchmarks.svg").write_text(plot(series), "utf-8")


def _section(name: str, found: dict[str, Any]) -> str:
    busy = found.get("load_average")
    beside = f", while the {_cores()} cores had a load average of {busy:g} (this and other programs)" if busy else ""
    return f"## {_TITLES[name]}\n\n`make bench PART={name}`{beside}\n\n{_table(found['rows'])}"


def _table(rows: list[dict[str, Any]]) -> str:
    lines = ["| work | baseline in the same run | figure | goal (must) | reached |", "|---|---|---|---|---|"]
    said = {True: "yes", False: "**no**", None: ""}
    lines += [
        f"| {r['work']} | {r['baseline']} | {r['figure']} | {r['goal']} | {said[r['reached']]} |".replace("  ", " ")
        for r in rows
    ]
    return "\n".join(lines)


def _cores() -> int:
    import os

    return os.cpu_count() or 1
