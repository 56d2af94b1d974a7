"""The one line that a person reads when SQL is refused."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml
from pydantic import TypeAdapter, ValidationError

from kpi.errors import DefinitionError, SqlRejected


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Refusal texts by code. Raises DefinitionError where ``refusals.yml`` is malformed."""
    text = resources.files("kpi.guard").joinpath("refusals.yml").read_text("utf-8")
    try:
        return TypeAdapter(dict[str, str]).validate_python(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise DefinitionError(f"kpi/guard/refusals.yml is malformed: {error}") from error


def refusal(code: str, name: object = "") -> SqlRejected:
    """The error to raise. ``name`` comes from the SQL, so only a short plain word of it is shown."""
    shown = re.sub(r"[^\w ]", "", str(name)).lower()[:40]
    return SqlRejected(texts()[code].format(name=shown))
