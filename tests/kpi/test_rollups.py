"""Rollups: what they hold is true after whatever happened to the facts, and what is answered from them is the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import ingest
from kpi import rollups
from kpi.compiler import Compiler
from kpi.coverage import kept_by
from kpi.engine import Engine
from kpi.extras import early_filters
from kpi.health import HealthReader
from kpi.query import MetricQuery, Period
from kpi.semantic import SemanticModel
from kpi.settings import Settings
from kpi.substitution import relation_for
from kpi.views import FACTS
from kpi.workspace import Workspace

HEADER = "date,platform,account,campaign,ad_group,country,device,spend,revenue,clicks,impressions,conversions\n"
FIRST = date(2025, 1, 20)  # with the days below: parts of four months


def made_up(dice: random.Random) -> str:
    """A small export: some accounts, some days, holes, several rows of one key, rows without revenue or conversions."""
    start = FIRST + timedelta(days=dice.randrange(70))
    rows = []
    for _ in range(dice.randrange(20, 60)):
        platform, account = dice.choice(["Meta", "Google"]), dice.choice(["A", "B"])
        day = start + timedelta(days=dice.randrange(25))
        places = f"{dice.choice(['US', 'CA', ''])},{dice.choice(['Mobile', ''])}"
        names = f"Campaign {dice.randrange(4)},Group {dice.randrange(2)},{places}"
        spend, revenue = f"{dice.randrange(10**6)}.{dice.randrange(100):02}", dice.choice(["", "0", "12.345", "99.9"])
        figures = f"{dice.randrange(100)},{dice.randrange(10**4)},{dice.choice(['', '3', '0.333333'])}"
        rows.append(f"{day},{platform},{account},{names},{spend},{revenue},{figures}\n")
    return HEADER + "".join(rows)


class Story:
    """Loads, replacements, additions, reverts, failures and restarts in an order that a seed decides."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.settings = Settings(_env_file=None, currency="USD", max_reject_share=1)
        self.workspace = Workspace.open(folder / "workspace", self.settings)
        self.batches: list[int] = []

    def go_on(self) -> None:
        steps = [self.load, self.load, self.replace, self.add, self.revert, self.fail, self.reopen]
        self.dice.choice(steps)()

    def load(self, **options: bool) -> None:
        file = self.folder / "export.csv"
        file.write_text(made_up(self.dice), encoding="utf-8")
        report = ingest.load(self.workspace, file, **options)
        if report.batch_id and report.status.startswith("loaded"):
            self.batches.append(report.batch_id)

    def replace(self) -> None:
        self.load(replace=True)

    def add(self) -> None:
        self.load(add=True, replace=True)

    def revert(self) -> None:
        if self.batches:
            ingest.revert(self.workspace, self.batches.pop(self.dice.randrange(len(self.batches))))

    def fail(self) -> None:
        """The disk is full when everything but the commit is done."""
        with pytest.MonkeyPatch.context() as patched, pytest.raises(OSError, match="disk full"):
            patched.setattr("ingest.store.remember", _disk_full)
            self.load(replace=True)

    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.folder / "workspace", self.settings)


def _disk_full(*_: object) -> None:
    raise OSError("disk full")


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 8))])
def test_rollups_are_true_after_loads_replacements_additions_reverts_and_failures(
    tmp_path: Path, rollups_are_true: Any, seed: int
) -> None:
    story = Story(tmp_path, seed)
    story.load()
    for _ in range(12):
        story.go_on()
        rollups_are_true(story.workspace.warehouse)
    story.workspace.close()


def test_a_workspace_from_before_there_were_rollups_gets_them(tmp_path: Path, rollups_are_true: Any) -> None:
    story = Story(tmp_path, 3)
    story.load()
    with story.workspace.warehouse.writing() as cursor:
        cursor.execute("DROP TABLE schema_state")
        for rollup in rollups.ROLLUPS:
            for table in rollup.tables:
                cursor.execute(f"DROP TABLE {table} CASCADE")
    story.reopen()
    rollups_are_true(story.workspace.warehouse)
    assert story.workspace.warehouse.query("SELECT count(*) > 0 AS some FROM rollup_ads_by_day") == [{"some": True}]
    story.workspace.close()


# -- the same answers ---------------------------------------------------------------------------------------------


VALUES = [
    pytest.param(None, marks=pytest.mark.slow),
    pytest.param(Decimal(100), marks=pytest.mark.slow),
    Decimal("12.345"),
]


@pytest.fixture(scope="module", params=VALUES, ids=str)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("answers")
    story = Story(folder, 11)
    for _ in range(4):
        story.add()
    if request.param:
        story.workspace.set_conversion_value(request.param)
    yield Engine(story.workspace, SemanticModel.load())
    story.workspace.close()


compiler, reader = Compiler(SemanticModel.load()), HealthReader(SemanticModel.load())


def with_and_without(engine: Engine, query: MetricQuery) -> tuple[list[Any], list[Any]]:
    """Rows and health as answered, and as the facts alone give them."""
    warehouse, catalogue = engine.workspace.warehouse, engine.catalogue
    loaded = kept_by(early_filters(query), catalogue.loaded)
    answers = []
    for relation in (relation_for(query, engine.model), lambda _: f"{FACTS} AS kpi_daily"):
        rows = warehouse.query(compiler.sql(query, loaded, relation))
        answers.append([rows, reader.read(warehouse, query, catalogue, relation)])
    assert warehouse.query(compiler.sql(query, loaded)) == answers[1][0]  # the SQL that people see
    return answers[0], answers[1]


DIMENSIONS = [
    (),
    *((name,) for name in SemanticModel.load().dimensions),
    ("platform", "country"),
    ("campaign", "account"),
]
PERIODS = [
    ("2025-02-01", "2025-03-31"),  # whole months
    ("2025-01-25", "2025-04-10"),  # months with days before and after
    ("2025-02-10", "2025-02-20"),  # no whole month
    ("2025-02-27", "2025-03-02"),  # two parts
    ("2024-01-01", "2026-12-31"),
]
METRICS = ["spend", "revenue", "roas", "cac", "ctr", "aov", "impressions"]


@pytest.mark.parametrize(
    "grain", [None, *(pytest.param(g, marks=pytest.mark.slow) for g in ("day", "week", "month", "quarter"))]
)
def test_every_breakdown_over_every_kind_of_period_is_the_same(engine: Engine, grain: str | None) -> None:
    for dimensions, (start, end) in product(DIMENSIONS, PERIODS):
        shape = {"metrics": METRICS, "dimensions": dimensions, "grain": grain, "period": {"start": start, "end": end}}
        before = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
        shift = timedelta(days=before.days)
        comparison = {"start": before.start - shift, "end": before.end - shift}
        for compared in (None, comparison):
            query = MetricQuery.model_validate({**shape, "comparison": compared})
            answered, plain = with_and_without(engine, query)
            assert answered == plain, query
            assert answered[0], query  # there is something to compare


def test_filters_tops_and_shares_are_the_same(engine: Engine) -> None:
    unreported = {"dimension": "country", "op": "in", "values": ["(not reported)"]}
    sundays = {"dimension": "day_of_week", "op": "not in", "values": ["Sunday"]}
    one = {"dimension": "campaign", "op": "in", "values": ["Campaign 1"]}
    meta = {"dimension": "platform", "op": "not in", "values": ["Meta"]}
    top = {"dimension": "campaign", "by": "roas", "n": 2}
    for period, filters in product(
        PERIODS, [[unreported], [sundays], [one], [one, meta], [one, unreported], [meta, sundays]]
    ):
        for shape in (
            {"metrics": METRICS},
            {"metrics": ["spend"], "dimensions": ["platform"], "extras": [{"kind": "share", "metric": "spend"}]},
            {"metrics": ["spend"], "dimensions": ["campaign"], "grain": "month", "top": top},
            {"metrics": ["spend"], "extras": [{"kind": "per_day", "metric": "spend"}]},
        ):
            asked = {**shape, "filters": filters, "period": dict(zip(("start", "end"), period, strict=True))}
            answered, plain = with_and_without(engine, MetricQuery.model_validate(asked))
            assert answered == plain, asked


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ({}, "kpi_members_by_day"),
        ({"dimensions": ["country", "device"]}, "kpi_members_by_day"),
        ({"dimensions": ["campaign"]}, "kpi_campaigns_by_day"),
        ({"dimensions": ["day_of_week"]}, "kpi_members_by_day"),
        ({"dimensions": ["campaign", "country"]}, "kpi_health"),
        ({"filters": [{"dimension": "ad", "op": "in", "values": ["A"]}]}, "kpi_ads_by_day"),
        ({"dimensions": ["platform"], "top": {"dimension": "ad_group", "by": "spend", "n": 2}}, "kpi_ad_groups_by_day"),
    ],
)
def test_the_rollup_is_chosen_by_what_the_query_names(parts: dict[str, Any], read: str) -> None:
    query = MetricQuery.model_validate(
        {"metrics": ["spend"], "period": {"start": "2025-06-02", "end": "2025-06-03"}, **parts}
    )
    assert relation_for(query, SemanticModel.load())("current") == f"{read} AS kpi_daily"


def test_whole_months_are_read_from_months_and_the_rest_from_days() -> None:
    def read(start: str, end: str, **parts: Any) -> str:
        query = MetricQuery.model_validate({"metrics": ["spend"], "period": {"start": start, "end": end}, **parts})
        return relation_for(query, SemanticModel.load())("current")

    months = "FROM kpi_members_by_month WHERE date BETWEEN"
    days = "FROM kpi_members_by_day WHERE date BETWEEN"
    assert read("2025-05-01", "2025-06-30") == f"({months} DATE '2025-05-01' AND DATE '2025-06-30') AS kpi_daily"
    assert read("2024-12-30", "2025-02-01") == (
        f"({months} DATE '2025-01-01' AND DATE '2025-01-31' UNION ALL {days} DATE '2024-12-30' AND DATE '2024-12-31'"
        f" UNION ALL {days} DATE '2025-02-01' AND DATE '2025-02-01') AS kpi_daily"
    )
    for parts in ({"grain": "day"}, {"grain": "week"}, {"dimensions": ["day_of_week"]}):
        assert read("2025-05-01", "2025-06-30", **parts) == "kpi_members_by_day AS kpi_daily"
    assert read("2025-05-02", "2025-06-29") == "kpi_members_by_day AS kpi_daily"


def test_people_see_kpi_daily_alone(small: Any) -> None:
    answer = small.conversation(today=date(2025, 7, 1)).ask("spend by country in June")
    assert "FROM kpi_daily" in answer.sql
    assert "kpi_members" not in answer.sql
    assert "rollup" not in answer.model_dump_json()


@pytest.mark.parametrize("dataset", ["ads_spend", pytest.param("sample", marks=pytest.mark.slow)])
def test_every_question_of_the_evaluation_has_the_same_rows_from_the_facts(dataset: str) -> None:
    import os

    from evals.case import ExpectedQuery, read_cases
    from evals.dataset import DATASETS
    from evals.run import loaded

    assert dataset in DATASETS
    if os.environ.get("WITHOUT_SHARED_SAMPLES") and not DATASETS[dataset].sample_data_until:
        pytest.skip("acceptance samples not found beside the checkout")
    queries = [
        case.expect for case in read_cases() if case.dataset == dataset and isinstance(case.expect, ExpectedQuery)
    ]
    assert queries
    with loaded(dataset) as (assistant, _):
        for query in queries:
            answered, plain = with_and_without(assistant.engine, MetricQuery.model_validate(query.model_dump()))
            assert answered == plain, query
