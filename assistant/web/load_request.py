"""What ``POST /api/ingest`` accepts: a form with the file, or JSON that says where the server finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Request, UploadFile
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.datastructures import FormData

from assistant.web import uploads
from assistant.web.limits import MEGABYTE
from assistant.web.problems import RequestRefused
from tools.ingest_file import Address, DateOrder, Imported, Place

_JSON, _FORM = "application/json", "multipart/form-data"


class _Wanted(BaseModel):
    """What is to be known about a file."""

    model_config = ConfigDict(extra="forbid")

    platform: str | None = Field(None, max_length=100, description="The ad platform, where the file doesn't say.")
    account: str | None = Field(None, max_length=200, description="The ad account, where the file doesn't say.")
    currency: str | None = Field(None, pattern="^[A-Z]{3}$", description="ISO code, where the file states none.")
    date_order: DateOrder | None = Field(None, description="Where the file leaves open how 03/04/2025 is read.")
    replace: bool = Field(False, description="Carry out a load that would take away loaded data.")
    add: bool = Field(False, description="Load beside what is there: it then covers only its own campaigns.")

    def choices(self) -> dict[str, Any]:
        """As the loader takes them."""
        return self.model_dump(include=set(_Wanted.model_fields))


class LoadForm(_Wanted):
    """One file and what is to be known about it."""

    file: UploadFile

    @property
    def name(self) -> str | None:
        return uploads.safe_name(self.file)

    @contextmanager
    def place(self) -> Iterator[Place]:
        with uploads.kept(self.file) as path:
            yield path


class LoadFrom(_Wanted):
    """Where the server finds the file: either a web address or a path in its import folder."""

    address: str | None = Field(None, max_length=4000, description="https; hosts of a local network must be listed.")
    import_path: str | None = Field(None, max_length=1000, description="Below the server's folder IMPORT_FOLDER.")

    @property
    def name(self) -> str | None:
        return None  # the loader takes the place's own

    @model_validator(mode="after")
    def _one_place(self) -> LoadFrom:
        if bool(self.address) == bool(self.import_path):
            raise ValueError("give one of 'address' and 'import_path', or send the file as multipart/form-data")
        return self

    @contextmanager
    def place(self) -> Iterator[Place]:
        yield Address(self.address) if self.address else Imported(self.import_path or "")


BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _FORM: {"schema": LoadForm.model_json_schema()},
            _JSON: {
                "schema": LoadFrom.model_json_schema(),
                "example": {"address": "https://example.com/exports/june.csv", "platform": "Meta"},
            },
        },
    }
}


async def read_load(request: Request) -> LoadForm | LoadFrom:
    """Raises RequestValidationError or RequestRefused for what is neither."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        wanted = await _from_json(request) if kind == _JSON else _from_form(await request.form())
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise RequestValidationError(faults) from error
    if wanted.replace and wanted.add:
        raise RequestRefused("invalid_request", "Choose one of 'replace' and 'add'.")
    return wanted


async def _from_json(request: Request) -> LoadFrom:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MEGABYTE:
            raise RequestRefused("too_large", "At most 1 MB of JSON is accepted here.")
    return LoadFrom.model_validate_json(body)


def _from_form(form: FormData) -> LoadForm:
    if len(form.getlist("file")) > 1:
        raise RequestRefused("invalid_request", "One file a request: send the others by themselves.")
    return LoadForm.model_validate({name: value for name, value in form.items() if value != ""})
