"""A workspace: one folder with the warehouse, the kept files and what the team decided about them.

<folder>/warehouse.duckdb   facts, batches, audit (DuckDB; one process writes)
<folder>/files/<sha256>     every original file that was loaded
<folder>/server.json        where the server that holds the workspace listens, while it runs
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from kpi.settings import Settings
from kpi.warehouse import Warehouse

CURRENCY = "currency"
CONVERSION_VALUE = "conversion_value"


class Workspace:
    """Opens (and creates) the folder. Decisions made in the chat or by a load outrank the environment's defaults."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        folder.mkdir(parents=True, exist_ok=True)
        self.files.mkdir(exist_ok=True)
        self.warehouse = Warehouse(folder / "warehouse.duckdb", timeout_seconds=settings.query_timeout_seconds)
        conversion_value = self.conversion_value
        with self.warehouse.writing() as cursor:
            self.warehouse.define_views(cursor, conversion_value)

    @classmethod
    def open(cls, folder: str | Path, settings: Settings | None = None) -> Workspace:
        """Raises WorkspaceBusy where another process holds the folder, WorkspaceError where it can't be used."""
        return cls(Path(folder).absolute(), settings or Settings.load())  # child processes start elsewhere

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def currency(self) -> str | None:
        """ISO code of all money in the workspace, or None while no file and no setting has stated one."""
        return self.warehouse.setting(CURRENCY) or self.settings.currency

    @property
    def conversion_value(self) -> Decimal | None:
        """Revenue counted for a conversion where a file has no revenue, in the workspace's currency."""
        stored = self.warehouse.setting(CONVERSION_VALUE)
        return Decimal(stored) if stored else self.settings.conversion_value

    def set_currency(self, code: str) -> None:
        with self.warehouse.writing() as cursor:
            self.warehouse.store_setting(cursor, CURRENCY, code)

    def set_conversion_value(self, value: Decimal) -> None:
        """Remember the value and redefine the views with it."""
        with self.warehouse.writing() as cursor:
            self.warehouse.store_setting(cursor, CONVERSION_VALUE, str(value))
            self.warehouse.define_views(cursor, value)

    def today(self) -> date:
        return datetime.now(ZoneInfo(self.settings.timezone)).date()

    def close(self) -> None:
        self.warehouse.close()
