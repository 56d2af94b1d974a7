"""Imports point one way (docs/architecture.md), lazy ones included."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "kpi": set(),
    "prompts": set(),
    "ingest": {"kpi"},
    "n8n": {"kpi"},
    "tools": {"kpi", "ingest", "prompts", "n8n"},
    "assistant": {"tools", "prompts", "kpi", "n8n"},
    "evals": {"assistant", "kpi"},
}
ONLY_IN = {
    "chainlit": "assistant/chat",
    "langchain": "assistant/llm",
    "langchain_core": "assistant/llm",
    "langchain_openai": "assistant/llm",
    "mcp": "assistant/mcp",
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(file: Path) -> set[str]:
    """Top-level names of everything a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_the_picture_allows(package: str) -> None:
    for file in modules(package):
        ours = (imported(file) & set(ALLOWED)) - {package}
        assert ours <= ALLOWED[package], f"{file.relative_to(ROOT)} imports {ours - ALLOWED[package]}"


@pytest.mark.parametrize(("library", "home"), ONLY_IN.items())
def test_heavy_libraries_stay_in_their_surface(library: str, home: str) -> None:
    for package in ALLOWED:
        for file in modules(package):
            if not file.relative_to(ROOT).as_posix().startswith(home):
                assert library not in imported(file), f"{file.relative_to(ROOT)} imports {library}"


def test_errors_import_nothing_of_ours() -> None:
    assert not imported(ROOT / "kpi/errors.py") & set(ALLOWED)


def test_every_error_has_the_one_root() -> None:
    """Exceptions of ours descend from PlatformError, apart from those only an engineer meets at start."""
    exceptions = {"MalformedPrompt"}
    for package in ALLOWED:
        for file in modules(package):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef) and node.name not in exceptions:
                    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                    assert not bases & {"Exception", "ValueError", "RuntimeError"} or node.name == "PlatformError", (
                        f"{file.relative_to(ROOT)}: {node.name} is outside the error tree"
                    )
