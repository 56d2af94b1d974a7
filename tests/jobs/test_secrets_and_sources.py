"""Generated secrets, sources of files, and what the import folder holds."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest

from kpi.errors import DefinitionError
from kpi.settings import Settings
from n8n.connection import connection, keep_secret, kept_secrets
from n8n.imports import found_files
from n8n.sources import sources


def test_secrets_are_made_once_and_are_for_their_owner_alone(tmp_path: Path) -> None:
    first = kept_secrets(tmp_path)
    keep_secret(tmp_path, "api_key", "n8n-key")
    assert kept_secrets(tmp_path) == {**first, "api_key": "n8n-key"}
    assert (tmp_path / "n8n" / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert list((tmp_path / "n8n").iterdir()) == [tmp_path / "n8n" / "secrets.json"], "no copy is left behind"


def test_the_environment_outranks_what_was_generated(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, workspace=tmp_path, n8n_webhook_token="0123456789abcdef")
    assert connection(tmp_path, settings).webhook_token == "0123456789abcdef"
    assert connection(tmp_path, settings).callback_secret == kept_secrets(tmp_path)["callback_secret"]


def test_a_workspace_adds_sources_of_its_own(tmp_path: Path) -> None:
    assert set(sources(tmp_path)) == {"sample"}
    own = tmp_path / "sources.yml"
    address = "https://example.com/{start}_{end}.csv"
    own.write_text(f"meta: {{says: [meta], address: '{address}', platform: Meta, daily: true}}\n")
    told = sources(tmp_path)["meta"].parameters(date(2025, 6, 1), date(2025, 6, 30))
    assert told == {"address": "https://example.com/2025-06-01_2025-06-30.csv", "platform": "Meta"}


@pytest.mark.parametrize("text", ["meta: {says: [meta]}", "meta: {says: [m], path: a, address: b}", "- list", "a: {"])
def test_malformed_sources_are_told_by_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.yml").write_text(text)
    with pytest.raises(DefinitionError, match=r"sources\.yml"):
        sources(tmp_path)


def test_new_files_have_a_key_that_changes_with_them_and_half_written_ones_wait(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, import_folder=tmp_path)
    (tmp_path / "june").mkdir()
    for name in ("june/meta.csv", "june/.hidden.csv", "june/notes.docx", "june/fresh.csv"):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (1, 1))
    os.utime(tmp_path / "june/fresh.csv", (time.time(), time.time()))
    (tmp_path / "link.csv").symlink_to(tmp_path / "june/meta.csv")
    ((key, parameters),) = found_files(settings)
    assert parameters == {"import_path": "june/meta.csv"}
    (tmp_path / "june/meta.csv").write_text("xy")
    os.utime(tmp_path / "june/meta.csv", (1, 1))
    assert found_files(settings)[0][0] != key
