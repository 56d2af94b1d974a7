"""Gold rows: they come from the files by SQL alone, and known answers of the real file are among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.case import ExpectedQuery, read_cases
from evals.dataset import DATASETS
from evals.gold import Gold
from kpi.errors import DefinitionError, PlatformError


@pytest.fixture(scope="module")
def gold(datasets_at_hand: set[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Gold]:
    folder = tmp_path_factory.mktemp("files")
    return {name: Gold(name, DATASETS[name].paths(folder / name)) for name in datasets_at_hand}


def test_the_sql_of_every_case_runs_and_names_what_the_query_gives(gold: dict[str, Gold]) -> None:
    for case in read_cases():
        if case.dataset not in gold or not isinstance(case.expect, ExpectedQuery):
            continue
        rows = gold[case.dataset].rows(case)
        if not rows:
            assert case.expect.metric_filters or "HAVING" in (case.gold or ""), f"{case.id}: no gold rows"
            continue
        keys = {*case.expect.dimensions, *(["period"] if case.expect.grain else [])}
        assert keys <= rows[0].keys(), f"{case.id}: gold rows lack {keys - rows[0].keys()}"
        assert rows[0].keys() & {*case.expect.metrics}, f"{case.id}: gold rows hold no metric of the query"


def test_known_answers_of_the_real_file(gold: dict[str, Gold], case: Any, shared_samples: Path) -> None:
    known = Gold("ads_spend", [shared_samples / "ads_spend.csv"])
    totals = "SELECT count(*) AS n, sum(spend) AS spend, sum(conversions) AS conversions FROM ads_spend"
    (row,) = known.rows(case(gold=totals))
    assert (row["n"], round(row["spend"], 2), row["conversions"]) == (2000, 1690764.32, 54917)
    (compared,) = [c for c in read_cases() if c.id == "cac-roas-30-days"]
    (row,) = known.rows(compared)
    assert round(row["cac"], 4) == 29.8093
    assert round(row["cac_previous"], 4) == 32.2715
    assert round(row["roas_change"], 4) == 0.0826


def test_gold_sql_that_does_not_run_names_its_case(case: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("date,spend\n2025-06-01,1.5\n", "utf-8")
    with pytest.raises(DefinitionError, match="case spend-by-platform doesn't run"):
        Gold("toy", [file]).rows(case(gold="SELECT sum(cost) FROM toy"))


def test_an_absent_file_says_what_to_do(tmp_path: Path) -> None:
    absent = DATASETS["ads_spend"].model_copy(update={"files": ("../nowhere/a.csv",)})
    with pytest.raises(PlatformError, match="--dataset sample"):
        absent.paths(tmp_path)
