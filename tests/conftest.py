"""Shared by all tests: the network guard, the outside samples, a loaded workspace."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True, scope="session")
def no_outside_network() -> Iterator[None]:
    """Fail any connection of the test process that leaves this machine."""
    real_connect = socket.socket.connect

    def guarded(sock: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in {"local", "localhost", "127.0.0.1", "::1"}:
            raise RuntimeError(f"a test tried to reach the outside network: {host}")
        return real_connect(sock, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = real_connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of acceptance material beside the checkout; `make test` says in one line where it is absent."""
    if not SHARED.is_dir():
        if os.environ.get("WITHOUT_SHARED_SAMPLES"):
            pytest.skip("acceptance samples not found beside the checkout")
        pytest.fail(f"acceptance samples not found at ../{SHARED.name}: run `make test`, which handles their absence")
    return SHARED


@pytest.fixture(scope="session")
def shared_samples(shared: Path) -> Path:
    return shared / "samples"


@pytest.fixture(scope="session")
def ads_spend(shared_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An assistant over the take-home file, where a conversion counts as 100. Ask with today = 2025-07-01."""
    from decimal import Decimal

    from assistant import Assistant
    from kpi.settings import Settings

    settings = Settings.load(conversion_value=Decimal(100))
    assistant = Assistant.open(tmp_path_factory.mktemp("ads_spend"), settings)
    assistant.load_file(shared_samples / "ads_spend.csv")
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two platforms and four June days, loaded once; ``small`` opens a copy of it for each test."""
    from assistant import Assistant
    from kpi.settings import Settings

    rows = [
        "date,platform,account,campaign,country,device,spend,revenue,clicks,impressions,conversions",
        "2025-06-01,Meta,Main,Brand_Search,US,Mobile,100,300,50,1000,4",
        "2025-06-01,Google,Main,Retargeting,CA,Desktop,50,0,10,500,0",
        "2025-06-02,Meta,Main,Brand_Search,US,Mobile,200,300,60,2000,6",
        "2025-06-04,Meta,Main,Prospecting,MX,Mobile,30,90,5,100,1",
        "2025-06-04,Google,Main,Retargeting,CA,Desktop,150,450,40,900,5",
    ]
    folder = tmp_path_factory.mktemp("small")
    file = folder / "small.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assistant = Assistant.open(folder / "workspace", Settings.load())
    report = assistant.load_file(file)
    assert report.status == "loaded", report.message
    assistant.close()
    return folder / "workspace"


@pytest.fixture
def small(small_folder: Path, tmp_path: Path) -> Iterator[Any]:
    """An assistant over two platforms and four June days; every figure can be added up by eye."""
    import shutil

    from assistant import Assistant
    from kpi.settings import Settings

    shutil.copytree(small_folder, tmp_path / "workspace")
    assistant = Assistant.open(tmp_path / "workspace", Settings.load())
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def rollups_are_true() -> Any:
    """A check of a warehouse: every rollup is what a plain sum over its facts gives, by day and by month."""
    keys = {
        "members": "platform, account, country, device",
        "campaigns": "platform, account, campaign",
        "ad_groups": "platform, account, ad_group",
        "ads": "platform, account, ad",
    }
    day = {"day": "date", "month": "CAST(date_trunc('month', date) AS DATE)"}

    def check(warehouse: Any) -> None:
        for name, columns in keys.items():
            for level, date in day.items():
                expected = f"""SELECT {date} AS d, {columns}, sum(spend), sum(revenue),
                    sum(CASE WHEN revenue IS NULL THEN conversions END), sum(CASE WHEN revenue IS NULL THEN spend END),
                    sum(CASE WHEN revenue IS NULL AND conversions IS NULL THEN spend END),
                    sum(clicks), sum(impressions), sum(conversions), count(*)::HUGEINT
                    FROM facts GROUP BY d, {columns}"""
                table = f"rollup_{name}_by_{level}"
                for more, less in ((expected, f"FROM {table}"), (f"FROM {table}", expected)):
                    differing = f"SELECT count(*) AS n FROM (({more}) EXCEPT ALL ({less}))"
                    assert warehouse.query(differing) == [{"n": 0}], table

    return check


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Figures that tests have measured, for the reader of the report."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties if report.when == "call" else ():
            terminalreporter.write_line(f"{name}: {value}")
