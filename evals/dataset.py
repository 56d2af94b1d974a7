"""The datasets that cases ask about: which files they are, and where these come from."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from kpi.errors import PlatformError

ROOT = Path(__file__).resolve().parent.parent


class Dataset(BaseModel):
    """Files to load before questions are asked, and the workspace's settings for them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    today: date
    files: tuple[str, ...] = Field((), description="paths relative to the checkout")
    sample_data_until: date | None = None
    conversion_value: Decimal | None = None

    def paths(self, folder: Path) -> list[Path]:
        """The files, written into ``folder`` where they are generated. Raises PlatformError where one is absent."""
        if self.sample_data_until:
            return _write_sample_data(folder, self.sample_data_until)
        paths = [ROOT / file for file in self.files]
        absent = [file for file, path in zip(self.files, paths, strict=True) if not path.is_file()]
        if absent:
            raise PlatformError(
                f"{absent[0]} was not found beside the checkout. Add --dataset sample to do without it."
            )
        return paths


def _write_sample_data(folder: Path, end: date) -> list[Path]:
    """By the command, as anybody makes them: evaluation knows the assistant and the metric layer, not the loader."""
    command = [sys.executable, "-m", "ingest.sample_data", "--out", str(folder), "--end", end.isoformat()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise PlatformError(f"The sample data could not be written: {done.stderr.strip()}")
    return [Path(line) for line in done.stdout.splitlines()]


DATASETS: dict[str, Dataset] = {
    name: Dataset(**entry)
    for name, entry in yaml.safe_load(Path(__file__).with_name("datasets.yml").read_text("utf-8")).items()
}
