"""Values that grow with every nested call. DuckDB works some out while it binds, where none of its limits holds."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi.errors import SqlRejected
from kpi.guard import validate
from kpi.guard.mirror import Mirror, mirror

Refused = Callable[[str], str]
_TEN = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"


@pytest.fixture(autouse=True)
def at_once() -> object:
    validate("SELECT 1")
    start = time.process_time()
    yield
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("replace(", ", 'a', 'aaaaaaaaaa')"),
        ("regexp_replace(", ", 'a', 'aaaaaaaaaa', 'g')"),
        ("regexp_replace(", r", '(.*)', '\1\1\1\1')"),
        ("concat_ws(", ", '', '', '', '', '')"),
        ("strftime(DATE '2026-01-01', ", ")"),
        ("format('{0}{0}{0}{0}', ", ")"),
        ("printf('%1$s%1$s%1$s%1$s', ", ")"),
    ],
)
def test_nested_calls_that_make_a_text_longer(refused: Refused, opening: str, closing: str) -> None:
    refused("SELECT length(" + opening * 15 + "'aaaaaaaaaa'" + closing * 15 + ")")


def test_a_text_that_grows_from_alias_to_alias(refused: Refused) -> None:
    longer = "replace(replace(replace({}, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa')"
    refused(f"SELECT {longer.format('campaign')} AS x, {longer.format('x')} AS y, length(y) FROM kpi_daily")


def test_lists_built_inside_lists(refused: Refused) -> None:
    refused("SELECT " + "[" * 8 + "1" + "".join(f" FOR x{n} IN {_TEN}]" for n in range(8)))
    inner = "a"
    for name in "hgfedcba":
        inner = f"list_transform({_TEN}, lambda {name}: {inner})"
    refused(f"SELECT {inner}")


def test_two_long_texts_compared_letter_by_letter(refused: Refused) -> None:
    refused(f"SELECT damerau_levenshtein('{'a' * 20_000}', '{'b' * 20_000}')")


@pytest.mark.parametrize(
    "value",
    [
        "replace(replace(replace(replace(campaign, ' - ', '_'), '|', '_'), '(', ''), ')', '')",
        "replace(replace(replace(replace(campaign, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;')",
        "regexp_replace(regexp_replace(lower(campaign), '[^a-z0-9]+', '-', 'g'), '^-|-$', '', 'g')",
        "format('{}: {} spent {:,.2f}, earned {:,.2f} ({:.1f}x)', platform, campaign, spend, revenue, revenue / spend)",
        "concat_ws(' / ', platform, campaign, country, device)",
        "levenshtein(campaign, platform)",
        "list_transform(range(1000), lambda x: x * spend)",
    ],
)
def test_everyday_nesting_is_fine(value: str) -> None:
    assert validate(f"SELECT {value} FROM kpi_daily")


def test_what_takes_duckdb_too_long_is_ended_and_the_next_statement_binds() -> None:
    """What no rule foresees: the child process dies by our clock, and another one is there."""
    own = Mirror()
    own.bind("SELECT 1")
    assert own._worker
    os.kill(own._worker.pid, signal.SIGSTOP)
    with pytest.raises(SqlRejected, match="too large"):
        own.bind("SELECT 2")
    assert own.bind("SELECT spend FROM kpi_daily") == ["DOUBLE"]


def test_a_child_process_that_died_is_replaced() -> None:
    validate("SELECT 1")
    worker = mirror()._worker
    assert worker
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert validate("SELECT sum(spend) FROM kpi_daily")


def test_the_child_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    own = Mirror()
    own.bind("SELECT 1")
    assert own._worker
    environment = Path(f"/proc/{own._worker.pid}/environ")
    assert not environment.exists() or b"sk-secret" not in environment.read_bytes()
