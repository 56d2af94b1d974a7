"""The README's configuration table is the settings class, row by row."""

from __future__ import annotations

from pathlib import Path

from kpi.settings import Settings

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def row(name: str) -> str:
    field = Settings.model_fields[name]
    default = field.get_default(call_default_factory=True)
    shown = "" if default is None or default in ({}, ()) else f"`{default}`"
    return f"| `{name.upper()}` | {shown} | {field.description} |"


def test_every_setting_stands_in_the_readme_with_its_default_and_meaning() -> None:
    for name in Settings.model_fields:
        assert row(name) in README, f"the README lacks: {row(name)}"


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    table = [line for line in README.splitlines() if line.startswith("| `") and line.split("`")[1].isupper()]
    named = {line.split("`")[1] for line in table}
    assert named == {name.upper() for name in Settings.model_fields}
