"""Formats are data: strict, one file each; detection goes by the header's evidence and never guesses between two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import ingest
from ingest.format import Format
from ingest.names import normal
from ingest.rules import Rules, check_references, rules
from kpi.errors import DefinitionError
from kpi.workspace import Workspace


def test_every_format_is_valid_and_named_like_its_file() -> None:
    files = {path.stem for path in Path(ingest.__file__).with_name("formats").glob("*.yml")}
    assert {one.name for one in rules().formats} == files >= {"canonical"}
    assert rules().version == rules().version and len(rules().version) == 12


def test_an_unknown_key_or_a_missing_rule_is_an_error() -> None:
    canonical = next(one for one in rules().formats if one.name == "canonical").model_dump()
    only_day = {"date": {"headers": ["day"], "required": True}}
    changes: list[dict[str, Any]] = [{"colour": "red"}, {"columns": only_day}, {"date_order": "year_first"}]
    for change in changes:
        with pytest.raises(ValidationError):
            Format.model_validate({**canonical, **change})


def test_a_reference_to_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = rules().formats[0].model_copy(update={"platform": "MySpace"})
    with pytest.raises(DefinitionError, match="MySpace"):
        check_references(Rules((broken,), (), rules().vocabulary, {}, "x"))


def test_the_platforms_are_the_contracts_and_those_that_formats_bring() -> None:
    names = "Meta Google TikTok LinkedIn Microsoft Pinterest Snapchat X Reddit Amazon Spotify DV360 CM360"
    brought = {one.platform for one in rules().formats if one.platform_aliases}
    assert set(rules().vocabulary.platforms) == {*names.split(), *brought}
    assert rules().platform("Apple Search Ads") == "Apple"


def test_no_spelling_stands_for_two_names() -> None:
    for names in (rules().vocabulary.platforms, rules().countries, rules().vocabulary.devices):
        own = [{normal(text) for text in (name, *others)} for name, others in names.items()]
        assert sum(map(len, own)) == len(set().union(*own))


def test_a_preamble_above_the_header_keeps_line_numbers(workspace: Workspace, write: Any) -> None:
    path = write(
        "My report\n1 June 2025 - 2 June 2025\nCampaign,Day,Cost,Impr.\nA,2025-06-01,5,10\nTotal: Account, --,5,10\n"
    )
    report = ingest.load(workspace, path)
    assert (report.format, report.platform, report.rows_loaded, report.rows_skipped) == ("google_ads", "Google", 1, 1)
    assert workspace.warehouse.query("SELECT source_line FROM facts") == [{"source_line": 4}]


def test_a_format_that_contradicts_the_stated_platform_is_refused(workspace: Workspace, write: Any) -> None:
    path = write("Campaign,Day,Cost,Impr.,Clicks\nA,2025-06-01,5,10,1\n")
    report = ingest.load(workspace, path, platform="Meta")
    assert (report.reason, "Google Ads" in report.message) == ("unknown_format", True)


def test_two_formats_that_explain_a_header_equally_are_not_guessed_between(
    workspace: Workspace, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    canonical = next(one for one in rules().formats if one.name == "canonical")
    twins = tuple(
        canonical.model_copy(update={"name": name.lower(), "label": f"{name} report", "platform": name})
        for name in ("Meta", "Reddit")
    )
    known = Rules(twins, (), rules().vocabulary, {}, "x")
    monkeypatch.setattr("ingest.parsing.rules", lambda: known)
    path = write("day,spend\n2025-06-01,5\n")
    asked = ingest.load(workspace, path)
    assert asked.reason == "unknown_format" and "Meta report or a Reddit report" in asked.message
    assert ingest.load(workspace, path, platform="Reddit").platform == "Reddit"


def test_a_header_that_stands_twice_is_refused(workspace: Workspace, write: Any) -> None:
    path = write("Campaign,Day,Cost,Cost,Impr.\nA,2025-06-01,5,6,10\n")
    assert ingest.load(workspace, path).reason == "unknown_format"


def test_the_sample_exports_give_their_expected_results(tmp_path: Path, settings: Any, shared_samples: Path) -> None:
    folder = shared_samples / "exports"
    for line in (folder / "expected.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        workspace = Workspace.open(tmp_path / case["sha256"], settings)
        report = ingest.load(workspace, folder / case["file"], file_name=case["as"])
        workspace.close()
        assert (report.status, report.rows_loaded) == (case["status"][0], case["rows_loaded"]), case["why"]
        assert report.reason in (case["reason"] or [None]), case["why"]
        for measure, expected in case["totals"].items():
            assert report.totals[measure] == pytest.approx(expected, abs=0.005), (case["why"], measure)
