"""Each known way round a guard, by name. The fixture ``refused`` also checks the line that a person reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kpi.guard import validate

Refused = Callable[[str], str]
HIDDEN = "(SELECT max(api_key) FROM users)"


@pytest.mark.parametrize("call", ["hex(spend, {})", "argmax(1, 2, 3, {})", "date_trunc('day', date, {})", "abs(1, {})"])
def test_an_argument_that_sqlglot_drops_is_not_lost_quietly(refused: Refused, call: str) -> None:
    refused(f"SELECT {call.format(HIDDEN)} FROM kpi_daily")
    refused(f"SELECT {call.format('clicks')} FROM kpi_daily")


@pytest.mark.parametrize(
    "character", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u3000", "\u00a0", "\ue000", "\0", "\v", "\f"]
)
def test_hidden_and_odd_space_characters_outside_texts(refused: Refused, character: str) -> None:
    assert "invisible" in refused(f"SELECT * FROM kpi_daily{character}, users")
    assert "invisible" in refused(f'SELECT * FROM "kpi_daily{character}"')


def test_a_lone_carriage_return_does_not_hide_a_second_query_in_a_comment(refused: Refused) -> None:
    refused("SELECT * FROM kpi_daily -- x\rUNION ALL SELECT * FROM users")


@pytest.mark.parametrize("name", ["ten\u0430nt_id", "\uff55\uff53\uff45\uff52\uff53", "spend\u0301"])
def test_lookalike_names_are_other_names(refused: Refused, name: str) -> None:
    refused(f"SELECT {name} FROM kpi_daily")
    refused(f"SELECT * FROM {name}")


@pytest.mark.parametrize(
    "body",
    [
        "DELETE FROM kpi_daily",
        "INSERT INTO users VALUES (1) RETURNING *",
        "UPDATE users SET role = 'x'",
        "COPY (SELECT 1) TO 'x.csv'",
        "SUMMARIZE users",
        "DESCRIBE users",
        "SHOW TABLES",
    ],
)
def test_a_step_that_changes_or_describes(refused: Refused, body: str) -> None:
    refused(f"WITH x AS ({body}) SELECT 1 FROM kpi_daily")
    refused(f"WITH x AS MATERIALIZED ({body}) SELECT * FROM x")
    refused(f"SELECT * FROM ({body})")


@pytest.mark.parametrize(
    "sql",
    [
        "CHECKPOINT",
        "SHOW SELECT 1",
        "SHOW TABLES",
        "DESCRIBE kpi_daily",
        "SUMMARIZE kpi_daily",
        "EXPLAIN SELECT 1",
        "PRAGMA database_list",
        "ATTACH 'x.db'",
        "DETACH x",
        "USE main",
        "COPY kpi_daily TO 'x.csv'",
        "EXPORT DATABASE 'x'",
        "IMPORT DATABASE 'x'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "RESET threads",
        "CALL pragma_version()",
        "VACUUM",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "BEGIN",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW kpi_daily",
        "TRUNCATE users",
        "CONNECT x",
        ".tables",
        "please show the spend",
    ],
)
def test_statements_that_are_no_question(refused: Refused, sql: str) -> None:
    assert "Only questions" in refused(sql)


@pytest.mark.parametrize(
    "sql", ["SELECT 1; DROP TABLE users", "SELECT 1;;SELECT 2", "; SELECT 1; SELECT 2", "SELECT 1; --\n;"]
)
def test_stacked_statements(refused: Refused, sql: str) -> None:
    refused(sql)


@pytest.mark.parametrize("sql", ["", "   ", ";", "-- only a comment", "/* */"])
def test_nothing_to_run(refused: Refused, sql: str) -> None:
    refused(sql)


@pytest.mark.parametrize(
    "source",
    [
        "read_csv('x.csv')",
        "read_text('/etc/passwd')",
        "sniff_csv('x.csv')",
        "glob('*')",
        "parquet_scan('x')",
        "\"read_csv\"('x')",
        "main.read_text('x')",
        "query('FROM users')",
        "query_table('users')",
        "peek_all()",
        "histogram('users', 'email')",
        "duckdb_tables()",
        "pragma_table_info('users')",
        "repeat('x', 3)",
        "'x.csv'",
        '"x.parquet"',
        "E'/etc/passwd'",
        "df",
        "users",
        "main.users",
        "other.main.kpi_daily",
        "pg_temp.kpi_daily",
        "information_schema.tables",
        "duckdb_settings",
        "sqlite_master",
        "pg_catalog.pg_class",
        "kpi_daily_v2",
    ],
)
def test_only_kpi_daily_can_be_read(refused: Refused, source: str) -> None:
    refused(f"SELECT * FROM {source}")
    refused(f"FROM {source}")
    refused(f"SELECT spend FROM kpi_daily k JOIN {source} x ON true")
    refused(f"SELECT spend FROM kpi_daily WHERE clicks IN (SELECT 1 FROM {source})")
    refused(f"SELECT (SELECT count(*) FROM {source}) FROM kpi_daily")
    refused(f"PIVOT {source} ON platform IN ('a') USING count(*)")


def test_a_hidden_table_and_one_that_is_not_there_get_the_same_line(refused: Refused) -> None:
    for sql in ("SELECT * FROM {}", "SELECT * FROM main.{}", "SELECT 1 FROM kpi_daily WHERE EXISTS (FROM {})"):
        assert len({refused(sql.format(name)) for name in ("users", "facts", "nothing_of_that_name")}) == 1


@pytest.mark.parametrize("name", ["tenant_id", "batch_id", "nothing_of_that_name", "raw_row"])
def test_a_hidden_column_and_one_that_is_not_there_get_the_same_line(refused: Refused, name: str) -> None:
    shapes = [
        f"SELECT {name} FROM kpi_daily",
        f"SELECT kpi_daily.{name} FROM kpi_daily",
        f"SELECT kpi_daily['{name}'] FROM kpi_daily",
        f"SELECT struct_extract(kpi_daily, '{name}') FROM kpi_daily",
        f"SELECT * EXCLUDE ({name}) FROM kpi_daily",
        f"SELECT * REPLACE (1 AS {name}) FROM kpi_daily",
        f"SELECT COLUMNS('{name}') FROM kpi_daily",
        f"SELECT COLUMNS(lambda c: c = '{name}') FROM kpi_daily",
        f"SELECT spend FROM kpi_daily GROUP BY spend, {name}",
        f"SELECT spend FROM kpi_daily ORDER BY {name}",
        f"SELECT sum({name}) OVER () FROM kpi_daily",
    ]
    assert {refused(sql) for sql in shapes} == {refused("SELECT no_such_column FROM kpi_daily")}


def test_a_renamed_column_must_exist_though_duckdb_would_pass_it_over(refused: Refused) -> None:
    refused("SELECT * RENAME (tenant_id AS x) FROM kpi_daily")


@pytest.mark.parametrize(
    "expression",
    [
        "stats(spend)",
        "getenv('HOME')",
        "current_setting('threads')",
        "getvariable('x')",
        "version()",
        "current_database()",
        "current_query()",
        "peek(1)",
        "main.peek(1)",
        "system.main.version()",
        "spend.stats()",
        "nextval('s')",
        "error(campaign)",
        "assert_true(false)",
        "get_type(spend)",
        "json_serialize_sql('SELECT 1')",
        "list_aggregate([1], 'sum')",
        "pg_sleep(1)",
        "sleep_ms(1)",
        "setseed(0.5)",
        "in_search_path('a', 'b')",
        "write_log('x')",
    ],
)
def test_functions_that_read_settings_the_catalogue_or_macros(refused: Refused, expression: str) -> None:
    refused(f"SELECT {expression} FROM kpi_daily")
    refused(f"SELECT 1 FROM kpi_daily ORDER BY {expression}")
    refused(f"SELECT max({expression}) OVER () FROM kpi_daily")


@pytest.mark.parametrize(
    "word", ["user", "current_user", '"current_user"', "session_user", "current_schema", "localtime"]
)
def test_bare_words_that_duckdb_turns_into_functions(refused: Refused, word: str) -> None:
    refused(f"SELECT {word} FROM kpi_daily")


@pytest.mark.parametrize(
    "sql", ["SELECT ?", "SELECT $1", "SELECT :name", "SELECT @x", "SELECT * FROM $1", "SELECT #1 FROM kpi_daily"]
)
def test_parameters_and_positions(refused: Refused, sql: str) -> None:
    refused(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "WITH kpi_daily AS (SELECT 1) SELECT * FROM kpi_daily",
        "WITH KPI_DAILY AS (SELECT 1) SELECT 1",
        "WITH facts AS (SELECT 1) SELECT * FROM facts",
        "WITH t AS (SELECT * FROM t) SELECT * FROM t",
        "WITH b AS (SELECT * FROM a), a AS (SELECT 1) SELECT * FROM b",
        "SELECT x FROM (WITH users AS (SELECT 1 AS x) SELECT x FROM users) a, users b",
        "SELECT (WITH users AS (SELECT 1 AS x) SELECT x FROM users), (SELECT max(api_key) FROM users)",
        "WITH RECURSIVE u AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM main.u WHERE n < 3) SELECT * FROM u",
    ],
)
def test_step_names_neither_shadow_nor_reach_out_of_scope(refused: Refused, sql: str) -> None:
    refused(sql)


def test_a_step_in_an_outer_query_is_seen_inside() -> None:
    assert validate("WITH t AS (SELECT sum(spend) AS s FROM kpi_daily) SELECT (SELECT s FROM t) FROM kpi_daily")


@pytest.mark.parametrize(
    "spelling", ["mood", "main.date", "regclass", "ENUM('a')", "STRUCT(a INT)", "INT[100000000]", "JSON"]
)
def test_only_plain_types_to_cast_to(refused: Refused, spelling: str) -> None:
    refused(f"SELECT CAST('1' AS {spelling})")


@pytest.mark.parametrize("sql", ["SELECT 1 FROM kpi_daily FOR UPDATE", "SELECT * INTO x FROM kpi_daily"])
def test_clauses_that_lock_or_write(refused: Refused, sql: str) -> None:
    refused(sql)


def test_a_pivot_must_name_its_values(refused: Refused) -> None:
    assert "PIVOT" in refused("PIVOT kpi_daily ON platform USING sum(spend)")
