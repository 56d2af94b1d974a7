"""The benchmark's own pieces, on few facts: what it measures is real, and what it writes can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from evals.bench.facts import Scale, filled_workspace
from evals.bench.measure import Row, Timer, interleaved, percentile
from evals.bench.parts.questions import question_times
from evals.bench.plot import plot
from evals.bench.report import write_report
from kpi.engine import Engine
from kpi.semantic import SemanticModel

FEW = Scale(20_000, 50, 800)


def test_made_up_facts_are_loaded_as_any_others(tmp_path: Path, rollups_are_true: Any) -> None:
    workspace = filled_workspace(tmp_path, FEW)
    rollups_are_true(workspace.warehouse)
    engine = Engine(workspace, SemanticModel.load())
    assert len(engine.catalogue.members["campaign"]) == FEW.campaigns
    assert (engine.catalogue.first_day, engine.catalogue.knows_revenue) == (FEW.first_day, True)
    assert len(question_times(engine, "campaign", 30, rounds=2)) == 2
    workspace.close()


def test_the_median_round_counts() -> None:
    seconds = iter([3.0, 1.0, 2.0])

    def work() -> Timer:
        timer = Timer()
        timer.cpu = next(seconds)
        return timer

    assert interleaved(3, work=work) == {"work": 2.0}
    assert [percentile(range(100), share) for share in (0.5, 0.95, 1.0)] == [50, 95, 99]


def test_the_report_says_what_was_not_reached(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    rows = [Row("a", "b", "c", "d", reached=False).as_json(), Row("e", "f", "g").as_json()]
    write_report(tmp_path, {"load": {"rows": rows, "series": {"ms < 1": [[1e6, 2.5], [1e7, 30]]}, "load_average": 3.5}})
    text = (tmp_path / "benchmarks.md").read_text("utf-8")
    assert "| a | b | c | d | **no** |" in text
    assert "a load average of 3.5" in text
    assert (tmp_path / "images" / "benchmarks.svg").exists()


def test_the_plot_is_a_picture_with_a_line_a_series() -> None:
    picture = ElementTree.fromstring(
        plot({"question, ms": [[1e6, 5.0], [1e8, 9.0]], "load, ms": [[1e6, 90.0], [1e8, 95.0]]})
    )
    assert len(picture.findall("{*}polyline")) == 2
