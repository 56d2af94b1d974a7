"""``/docs``: the OpenAPI description as a plain page, rendered here so that no browser fetches anything elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #8885; padding: .5rem 0 }
pre { overflow-x: auto; padding: .75rem; background: #8881; border-radius: .5rem; font-size: .85rem }
table { border-collapse: collapse } td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }
.method { font-weight: 700; color: #2f7d5b } :target { outline: 2px solid #2f7d5b }
"""


def page(document: dict[str, Any]) -> str:
    """The whole page for an OpenAPI document of ours."""
    operations = [
        _operation(path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]
    title = escape(document["info"]["title"])
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1><p>{escape(document['info']['description'])}</p>"
        "<p>For tools: <a href=/openapi.json>openapi.json</a></p>"
        + "".join(operations)
        + _problems(document["x-problems"])
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    parts = [
        f"<section><h2><span class=method>{method.upper()}</span> <code>{escape(path)}</code></h2>",
        f"<p><b>{escape(operation.get('summary', ''))}.</b> {escape(operation.get('description', ''))}</p>",
        _parameters(operation.get("parameters", [])),
        f"<pre>{escape(operation['x-call'].strip())}</pre>" if "x-call" in operation else "",
        *(
            _body("Request", kind, content)
            for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        ),
        *(_body("Answer", kind, content) for kind, content in operation["responses"]["200"].get("content", {}).items()),
    ]
    return "".join(parts) + "</section>"


def _parameters(parameters: list[dict[str, Any]]) -> str:
    if not parameters:
        return ""
    rows = (
        f"<tr><td><code>{escape(p['name'])}</code><td>{p['in']}{', required' if p.get('required') else ''}"
        f"<td>{escape(p.get('description', ''))}"
        for p in parameters
    )
    return f"<table><tr><th>Parameter<th>Where<th>Meaning{''.join(rows)}</table>"


def _body(role: str, kind: str, content: dict[str, Any]) -> str:
    if "example" not in content:
        return ""
    example = content["example"]
    text = example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
    return f"<p>{role} (<code>{escape(kind)}</code>):</p><pre>{escape(text)}</pre>"


def _problems(problems: list[dict[str, Any]]) -> str:
    rows = (
        f"<tr id={p['code']}><td><code>{p['code']}</code><td>{p['status']}<td>{escape(p['title'])}" for p in problems
    )
    return (
        "<section><h2>Problems</h2><p>Errors are problem details (RFC 9457); "
        "<code>type</code> ends in one of these codes.</p>"
        f"<table><tr><th>Code<th>Status<th>Meaning{''.join(rows)}</table></section>"
    )
