"""The rules are data: what they name must exist, and what the code refers to must be named."""

from __future__ import annotations

import re
from importlib import resources

import duckdb
from sqlglot import exp

from kpi.guard.refusals import refusal, texts
from kpi.guard.rules import rules


def test_every_node_name_is_a_class_of_sqlglot() -> None:
    names = rules().sqlglot.structure | rules().sqlglot.functions
    assert sorted(name for name in names if not hasattr(exp, name)) == []


def test_no_allowed_node_can_change_anything() -> None:
    names = rules().sqlglot.structure | rules().sqlglot.functions
    writers = (exp.DML, exp.DDL, exp.Command, exp.Set, exp.Attach, exp.Copy, exp.Pragma, exp.Describe, exp.Summarize)
    readers = {
        "Select",
        "Union",
        "Except",
        "Intersect",
        "Subquery",
        "Table",
        "Values",
    }  # sqlglot calls some of them DDL
    assert sorted(n for n in names - readers if issubclass(getattr(exp, n), writers)) == []


def test_reserved_names_cover_every_table_of_the_warehouse() -> None:
    schema = resources.files("kpi").joinpath("schema.sql").read_text("utf-8")
    tables = set(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", schema))
    assert tables and tables | {"kpi_daily"} <= rules().reserved_names


def test_every_bare_word_that_duckdb_reads_as_a_function_is_listed() -> None:
    connection = duckdb.connect()
    names = [row[0] for row in connection.execute("SELECT DISTINCT function_name FROM duckdb_functions()").fetchall()]
    keywords = [row[0] for row in connection.execute("SELECT keyword_name FROM duckdb_keywords()").fetchall()]
    unlisted = []
    for word in {*names, *keywords} - {"true", "false", "null"} - rules().words.allowed - rules().words.refused:
        try:
            connection.execute(f"DESCRIBE SELECT {word}")
            unlisted.append(word)
        except duckdb.Error:
            continue
    assert unlisted == []


def test_every_macro_that_writes_an_argument_twice_is_listed() -> None:
    query = "SELECT function_name, parameters, macro_definition FROM duckdb_functions() WHERE function_type = 'macro'"
    doubling = set()
    for name, parameters, definition in duckdb.connect().execute(query).fetchall():
        if any(len(re.findall(rf'(?<!\w)"?{p}"?(?!\w)', definition)) > 1 for p in parameters):
            doubling.add(name)
    assert doubling & rules().functions <= rules().copying


def test_no_listed_function_reads_or_changes_state() -> None:
    known = (
        duckdb.connect().execute("SELECT DISTINCT function_name, has_side_effects FROM duckdb_functions()").fetchall()
    )
    unstable = {name for name, effects in known if effects} & rules().functions
    assert unstable == {"random"}


def test_every_refusal_is_one_line_with_something_to_do_or_know() -> None:
    for code, text in texts().items():
        line = str(refusal(code, "x"))
        assert "\n" not in line and line.endswith((".", ";")) and len(line) < 200, code
        assert "{" not in line and text


def test_every_refusal_in_the_code_has_a_text_and_every_text_is_used() -> None:
    code = "".join(f.read_text("utf-8") for f in resources.files("kpi.guard").iterdir() if f.name.endswith(".py"))
    used = {name for name in texts() if f'"{name}"' in code}
    assert used == set(texts())
    assert set(re.findall(r'refusal\("(\w+)"', code)) <= set(texts())


def test_a_name_from_the_sql_is_shown_short_and_plain() -> None:
    assert "<" not in str(refusal("function", "<img src=x>" + "y" * 500))
    assert len(str(refusal("function", "y" * 500))) < 200
