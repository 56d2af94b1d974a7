"""The OpenAPI description: FastAPI's own, plus the examples of ``examples.yml``, the token and the problems."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.web.problems import KINDS, MEDIA_TYPE, Problem

_TOKEN = {"token": {"type": "http", "scheme": "bearer", "description": "API_TOKEN of the server, where it is set."}}
_PROBLEM = {
    "description": "A problem (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def description(app: FastAPI) -> dict[str, Any]:
    """The document of ``/openapi.json``, built once."""
    if app.openapi_schema is None:
        app.openapi_schema = _build(app)
    return app.openapi_schema


def _build(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    examples: dict[str, Any] = yaml.safe_load(
        resources.files("assistant.web").joinpath("examples.yml").read_text("utf-8")
    )
    for path, item in document["paths"].items():
        for method, operation in item.items():
            operation["responses"].pop("422", None)
            if path.startswith("/api/"):
                operation["security"] = [{}, {"token": []}]
                operation["responses"]["default"] = _PROBLEM
            _add_examples(operation, examples.get(f"{method.upper()} {path}", {}))
    schemas = document["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    document["components"]["securitySchemes"] = _TOKEN
    document["x-problems"] = [
        {"code": code, "status": status, "title": title} for code, (status, title) in KINDS.items()
    ]
    return document


def _add_examples(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if "request" in examples:
            content["example"] = examples["request"]
    for content in operation["responses"]["200"].get("content", {}).values():
        if "response" in examples:
            content["example"] = examples["response"]
    if "call" in examples:
        operation["x-call"] = examples["call"]
