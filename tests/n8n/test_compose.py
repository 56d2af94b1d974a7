"""compose.yaml can't be run here: its form, and that it names what the workflows and the app need."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def test_it_has_the_app_n8n_and_its_database() -> None:
    assert set(SERVICES) == {"app", "n8n", "n8n-setup", "database"}
    assert all(("image" in service) != ("build" in service) for service in SERVICES.values())


def test_only_known_keys_are_used() -> None:
    known = {"build", "image", "restart", "ports", "environment", "volumes", "healthcheck", "depends_on", "entrypoint"}
    for name, service in SERVICES.items():
        assert set(service) <= known, name


def test_services_wait_for_services_that_exist_and_volumes_are_declared() -> None:
    for service in SERVICES.values():
        for name, condition in service.get("depends_on", {}).items():
            assert name in SERVICES
            assert condition["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]
        named = [volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")]
        assert set(named) <= set(COMPOSE["volumes"])


def test_ports_are_open_to_this_machine_only() -> None:
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_no_secret_stands_in_it_and_each_variable_in_the_example() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    example = (ROOT / "compose.env.example").read_text("utf-8")
    offered = set(re.findall(r"^([A-Z0-9_]+)=", example, re.M))
    assert set(re.findall(r"\$\{([A-Z0-9_]+)", text)) <= offered
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("TOKEN|SECRET|PASSWORD|KEY", name):
                assert str(value).startswith("${"), name


def test_n8n_gets_every_variable_that_the_workflows_read() -> None:
    workflows = [file.read_text("utf-8") for file in (ROOT / "n8n" / "workflows").glob("*.json")]
    read = set(re.findall(r"\$env\.([A-Z0-9_]+)", "".join(workflows)))
    assert read <= set(SERVICES["n8n"]["environment"])


def test_it_runs_the_n8n_that_is_tested() -> None:
    pinned = json.loads((ROOT / "n8n" / "package.json").read_text("utf-8"))["dependencies"]["n8n"]
    assert SERVICES["n8n"]["image"].endswith(f":{pinned}")


def test_the_import_activates_every_workflow() -> None:
    script = (ROOT / "n8n" / "import").read_text("utf-8")
    listed = re.search(r"for workflow in (.+); do", script)
    assert listed is not None
    assert set(listed.group(1).split()) == {file.stem for file in (ROOT / "n8n" / "workflows").glob("*.json")}
