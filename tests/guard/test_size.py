"""SQL that is short to write and endless to parse, to plan or to run. Each must be refused at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kpi.guard import validate

Refused = Callable[[str], str]


@pytest.fixture(autouse=True)
def at_once() -> object:
    validate("SELECT 1")
    start = time.process_time()
    yield
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("(", ")"), ("abs(", ")"), ("[", "]"), ("{'a': ", "}"), ("CASE WHEN true THEN ", " END"), ("NOT ", ""), ("- ", ""),
     ("(SELECT ", ")"), ("EXISTS (SELECT 1 WHERE ", ")"), ("1 + ", ""), ("'x' || ", "")],
)  # fmt: skip
def test_deep_nesting(refused: Refused, opening: str, closing: str) -> None:
    refused("SELECT " + opening * 2000 + "1" + closing * 2000)


@pytest.mark.parametrize(
    "opening", ["date(", "decimal(", "row(", "timestamp(", "struct(", "if[", "lateral(x, ", "sort_array(x, "]
)
def test_nesting_that_a_parser_reads_twice_at_every_level(refused: Refused, opening: str) -> None:
    closing = "]" if "[" in opening else ")"
    refused("SELECT " + opening * 29 + "1" + closing * 29)


@pytest.mark.parametrize("link", [".upper()", "[1]", "::INT", "[1:2]"])
def test_long_chains(refused: Refused, link: str) -> None:
    refused("SELECT campaign" + link * 3000 + " FROM kpi_daily")


@pytest.mark.parametrize("unit", ["spend, ", "*, ", "1, ", "sum(spend) OVER (), ", "'x', "])
def test_long_lists(refused: Refused, unit: str) -> None:
    refused("SELECT " + unit * 20_000 + "1 FROM kpi_daily")


@pytest.mark.parametrize("call", ["coalesce", "concat", "greatest", "list_value"])
def test_a_call_with_thousands_of_arguments_takes_no_longer_than_its_length(call: str) -> None:
    assert validate(f"SELECT {call}({', '.join(['spend::VARCHAR'] * 1500)}) FROM kpi_daily")


def test_a_long_list_of_values_is_fine() -> None:
    values = ", ".join(f"'campaign {i}'" for i in range(2000))
    assert validate(f"SELECT sum(spend) FROM kpi_daily WHERE campaign IN ({values})")


@pytest.mark.parametrize(
    "body", ["SELECT *, * FROM t{}", "SELECT a.*, b.* FROM t{} a, t{} b", "SELECT COLUMNS(*), * FROM t{}"]
)
def test_steps_that_double_their_columns(refused: Refused, body: str) -> None:
    steps = ", ".join(f"t{i + 1} AS ({body.replace('{}', str(i))})" for i in range(25))
    refused(f"WITH t0 AS (SELECT sum(spend) AS s FROM kpi_daily), {steps} SELECT 1 FROM t25")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("nullif(", ", 1)"),
        ("fmod(", ", 2)"),
        ("split_part(", ", 'a', 1)"),
        ("(", " BETWEEN 1 AND 2)"),
        ("CASE ", " WHEN 1 THEN 1 WHEN 2 THEN 2 END"),
        ("ceil(x, ", ")"),
    ],
)
def test_expressions_that_are_copied_at_every_level(refused: Refused, opening: str, closing: str) -> None:
    refused("SELECT " + opening * 28 + "1" + closing * 28)


def test_aliases_that_double_each_other(refused: Refused) -> None:
    doubled = ", ".join(f"a{i} + a{i} AS a{i + 1}" for i in range(30))
    refused(f"SELECT spend AS a0, {doubled} FROM kpi_daily")
    refused(f"SELECT spend AS a0, {doubled.replace('a1 +', 'alias.a1 +')} FROM kpi_daily")


def test_a_pivot_over_many_combinations(refused: Refused) -> None:
    values = ", ".join(f"'{i}'" for i in range(40))
    refused(f"PIVOT kpi_daily ON platform IN ({values}), country IN ({values}) USING sum(spend)")


def test_a_struct_with_many_fields_is_not_taken_apart(refused: Refused) -> None:
    fields = ", ".join(f"'f{i}': {i}" for i in range(1000))
    refused(f"SELECT unnest({{{fields}}})")


@pytest.mark.parametrize(
    "call",
    [
        "range(1000000000)",
        "range(0, -1000000000, -1)",
        "range(clicks)",
        "range(clicks, 5)",
        "generate_series(1, 1000000000000)",
        "generate_series(1, 10, 0)",
        "range(DATE '0001-01-01', DATE '9999-12-31', INTERVAL 1 HOUR)",
        "range(DATE '2026-01-01', (SELECT max(date) FROM kpi_daily) + 1000000000, INTERVAL 1 DAY)",
        "list_transform(range(99999), lambda x: range(99999))",
        "[x FOR x IN range(1000000000)]",
        "spend.range()",
    ],
)
def test_series_without_a_small_fixed_end(refused: Refused, call: str) -> None:
    refused(f"SELECT {call} FROM kpi_daily")
    refused(f"SELECT unnest({call}) FROM kpi_daily")


@pytest.mark.parametrize(
    "again",
    [
        "SELECT n + 1 FROM t",
        "SELECT n FROM t WHERE n < 5",
        "SELECT n - 1 FROM t WHERE n < 5",
        "SELECT n + 1 FROM t WHERE n > 0",
        "SELECT n + 1 FROM t WHERE n < 1000000000",
        "SELECT n + 1 FROM t WHERE n < 5 OR true",
        "SELECT n + 1 FROM t WHERE n <> 0",
        "SELECT n * 2 FROM t WHERE n < 5",
        "SELECT n + 1 FROM t, range(10) WHERE n < 5",
        "SELECT t.n + 1 FROM t, t b WHERE t.n < 5",
        "SELECT n + 1 FROM t WHERE n < (SELECT max(clicks) FROM kpi_daily)",
        "SELECT n + 1 FROM t WHERE n < 5 UNION ALL SELECT n FROM t",
    ],
)
def test_recursion_that_does_more_than_count_to_a_fixed_end(refused: Refused, again: str) -> None:
    refused(f"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL {again}) SELECT * FROM t")


def test_recursion_whose_text_doubles_every_round(refused: Refused) -> None:
    refused(
        "WITH RECURSIVE t(n, s) AS (SELECT 1, 'x' UNION ALL SELECT n + 1, s || s FROM t WHERE n < 60) SELECT * FROM t"
    )


@pytest.mark.parametrize(
    "call",
    [
        "repeat('x', 1000000000)",
        "rpad('x', 1000000000, 'y')",
        "lpad('x', clicks, 'y')",
        "campaign.rpad(1000000000, 'x')",
        "printf('%1000000000d', 1)",
        "printf('%*d', 1000000000, 1)",
        "format('{:>1000000000}', 'x')",
        "format('{:{}}', 'x', 1000000000)",
        "format(campaign, 1)",
        "bitstring('1', 1000000000)",
        "list_resize([1], 1000000000)",
        "factorial(1000000)",
    ],
)
def test_texts_and_numbers_that_fill_the_memory(refused: Refused, call: str) -> None:
    refused(f"SELECT {call} FROM kpi_daily")


@pytest.mark.parametrize(
    "source",
    [
        "kpi_daily a, kpi_daily b",
        "kpi_daily a JOIN kpi_daily b ON a.spend <> b.spend",
        "kpi_daily a NATURAL JOIN kpi_daily b, kpi_daily c",
        "kpi_daily a POSITIONAL JOIN kpi_daily b",
        "(SELECT * FROM kpi_daily) a CROSS JOIN (SELECT spend FROM kpi_daily) b",
        "kpi_daily a, LATERAL (SELECT * FROM kpi_daily) b",
        "(kpi_daily a CROSS JOIN kpi_daily b)",
        "range(99999) a, range(9) b",
    ],
)
def test_rows_multiplied_with_each_other(refused: Refused, source: str) -> None:
    refused(f"SELECT count(*) FROM {source}")
    refused(f"SELECT (SELECT count(*) FROM {source}) FROM kpi_daily k")


def test_rows_multiplied_through_steps(refused: Refused) -> None:
    refused("WITH k AS (SELECT * FROM kpi_daily) SELECT count(*) FROM k a, k b")
    counting = "SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 9999"
    refused(f"WITH RECURSIVE t(n) AS ({counting}) SELECT count(*) FROM t a, t b, t c")
