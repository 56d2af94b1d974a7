"""POST /api/ingest and the batches, over a stand-in loader: what reaches it, once, and how much."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.web import loads
from kpi.errors import UnknownBatch
from tools.ingest_file import Address, Imported


class Report(BaseModel):
    file: str
    batch_id: int | None = 1
    status: str = "loaded"


class StandInLoader:
    """Keeps what it was given; the name 'bad.csv' fails."""

    def __init__(self) -> None:
        self.loads: list[dict[str, Any]] = []

    def load(self, workspace: Any, path: Any, **choices: Any) -> Report:
        if not isinstance(path, Path):
            self.loads.append({"place": path} | choices)
            return Report(file=path.name, batch_id=len(self.loads))
        if choices["file_name"] == "bad.csv":
            raise RuntimeError("no")
        self.loads.append({"content": path.read_bytes(), "path": path} | choices)
        return Report(file=choices["file_name"], batch_id=len(self.loads))

    def list_batches(self, workspace: Any, limit: int) -> list[Report]:
        return [Report(file="a.csv")][:limit]

    def get_batch(self, workspace: Any, batch_id: int) -> Report:
        if batch_id > 7:
            raise UnknownBatch(f"There is no batch {batch_id}.")
        return Report(file="a.csv", batch_id=batch_id)

    revert = get_batch

    def rejects_csv(self, workspace: Any, batch_id: int) -> str:
        self.get_batch(workspace, batch_id)
        return "line,reason,raw\n2,date: not a day,x\n"


@pytest.fixture
def loader(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInLoader]:
    stand_in = StandInLoader()
    monkeypatch.setattr(loads, "ingest_file", stand_in)
    yield stand_in


def upload(
    client: Any, content: bytes = b"date,spend\n", name: str = "a.csv", key: str | None = None, **fields: str
) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/ingest", files={"file": (name, content)}, data=fields, headers=headers)


def test_the_file_and_every_choice_reach_the_loader(client: Any, loader: StandInLoader) -> None:
    response = upload(client, platform="Meta", account="main", currency="EUR", replace="true")
    assert response.json() == {"file": "a.csv", "batch_id": 1, "status": "loaded"}
    [load] = loader.loads
    assert not load.pop("path").exists()
    assert load == {
        "content": b"date,spend\n",
        "file_name": "a.csv",
        "platform": "Meta",
        "account": "main",
        "currency": "EUR",
        "date_order": None,
        "replace": True,
        "add": False,
        "via": "api",
    }


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"address": "https://example.com/june.csv"}, Address("https://example.com/june.csv")),
        ({"import_path": "june/meta.csv"}, Imported("june/meta.csv")),
    ],
)
def test_an_address_or_an_import_path_reaches_the_loader(
    client: Any, loader: StandInLoader, body: dict[str, str], place: Any
) -> None:
    headers = {"Idempotency-Key": "k1"}
    reply = client.post("/api/ingest", json={**body, "platform": "Meta"}, headers=headers)
    assert reply.json()["status"] == "loaded", reply.text
    choices = {
        "platform": "Meta",
        "account": None,
        "currency": None,
        "date_order": None,
        "replace": False,
        "add": False,
    }
    assert loader.loads == [{"place": place, "file_name": None, "via": "api", **choices}]
    again = client.post("/api/ingest", json={**body, "platform": "Meta"}, headers=headers)
    assert again.headers["idempotency-replayed"] == "true" and len(loader.loads) == 1


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "one of"),
        ({"address": "https://example.com/a", "import_path": "b"}, "one of"),
        ({"address": "https://example.com/a", "name": "x"}, "name"),
        ({"address": 7}, "address"),
        ({"address": "https://example.com/a", "replace": True, "add": True}, "one of"),
        ([], "body"),
    ],
)
def test_json_that_names_no_single_place_is_a_problem(
    client: Any, loader: StandInLoader, problem_of: Any, body: Any, word: str
) -> None:
    assert word in problem_of(client.post("/api/ingest", json=body), 422, "invalid_request")["detail"]
    assert loader.loads == []


def test_json_that_is_none_or_too_long_is_a_problem(client: Any, loader: StandInLoader, problem_of: Any) -> None:
    kind = {"content-type": "application/json"}
    problem_of(client.post("/api/ingest", content=b"{", headers=kind), 400, "bad_request")
    problem_of(client.post("/api/ingest", content=b" " * (2 << 20), headers=kind), 413, "too_large")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\exports\\june.csv", "june.csv"),
        ("a\x1b[31m\u202e.csv", "a[31m.csv"),
        ("..", "upload"),
        ("x" * 500 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_a_file_name_is_never_a_path(sent: str, kept: str) -> None:
    from fastapi import UploadFile

    from assistant.web.uploads import safe_name

    assert safe_name(UploadFile(file=None, filename=sent)) == kept  # type: ignore[arg-type]


def test_an_empty_file_goes_to_the_loader_which_refuses_it_calmly(client: Any, loader: StandInLoader) -> None:
    assert upload(client, content=b"").status_code == 200
    assert loader.loads[0]["content"] == b""


def test_the_same_key_gives_the_first_result_again(client: Any, loader: StandInLoader) -> None:
    first, again = upload(client, key="k1"), upload(client, key="k1")
    assert first.json() == again.json()
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(loader.loads) == 1
    assert upload(client, key="k2").json()["batch_id"] == 2


def test_the_same_key_with_another_request_is_a_problem(client: Any, loader: StandInLoader, problem_of: Any) -> None:
    upload(client, key="k1")
    problem_of(upload(client, key="k1", content=b"other"), 422, "key_reused")
    problem_of(upload(client, key="k1", replace="true"), 422, "key_reused")
    assert len(loader.loads) == 1


def test_a_failed_load_may_be_tried_again_with_its_key(client: Any, loader: StandInLoader, problem_of: Any) -> None:
    problem_of(upload(client, name="bad.csv", key="k1"), 500, "internal")
    problem_of(upload(client, name="bad.csv", key="k1"), 500, "internal")


def test_two_at_once_with_one_key_load_once(client: Any, loader: StandInLoader) -> None:
    together = threading.Barrier(2)

    def send(_: int) -> int:
        together.wait(5)
        batch: int = upload(client, key="k1").json()["batch_id"]
        return batch

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, range(2))) == [1, 1]
    assert len(loader.loads) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"replace": "true", "add": "true"}, "one of"),
        ({"replce": "true"}, "replce"),
        ({"currency": "dollars"}, "currency"),
        ({"replace": "perhaps"}, "replace"),
    ],
)
def test_unfit_fields_are_problems(
    client: Any, loader: StandInLoader, problem_of: Any, fields: dict[str, str], said: str
) -> None:
    assert said in problem_of(upload(client, **fields), 422, "invalid_request")["detail"]
    assert loader.loads == []


def test_two_files_in_one_request_are_a_problem(client: Any, loader: StandInLoader, problem_of: Any) -> None:
    files = [("file", ("a.csv", b"1")), ("file", ("b.csv", b"2"))]
    problem_of(client.post("/api/ingest", files=files), 422, "invalid_request")


FORM = "multipart/form-data; boundary=x"
HALF_A_FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'
NAMELESS = b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"garbage", FORM, 400),
        (b"garbage", "multipart/form-data", 400),
        (HALF_A_FILE, FORM, 422),
        (NAMELESS, FORM, 400),
        (b"{}", "application/json", 422),
        (b"file=a.csv", "application/x-www-form-urlencoded", 422),
        (b"", "", 422),
    ],
)
def test_wrong_multipart_is_a_problem(
    client: Any, loader: StandInLoader, problem_of: Any, content: bytes, kind: str, status: int
) -> None:
    response = client.post("/api/ingest", content=content, headers={"content-type": kind})
    problem_of(response, status, "bad_request" if status == 400 else "invalid_request")
    assert loader.loads == []


def test_a_file_over_the_limit_is_refused_while_it_streams(
    make_client: Any, loader: StandInLoader, problem_of: Any
) -> None:
    client = make_client(max_upload_mb=1)
    assert upload(client, content=b"x" * 1_048_576).status_code == 200
    problem = problem_of(upload(client, content=b"x" * 1_200_000), 413, "too_large")
    assert "1 MB" in problem["detail"]

    def streamed() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        yield from (b"x" * 65_536 for _ in range(40))

    kind = {"content-type": "multipart/form-data; boundary=x"}
    problem_of(client.post("/api/ingest", content=streamed(), headers=kind), 413, "too_large")
    assert len(loader.loads) == 1


def test_batches_and_their_rejects(client: Any, loader: StandInLoader) -> None:
    assert [batch["file"] for batch in client.get("/api/batches").json()] == ["a.csv"]
    assert client.get("/api/batches/3").json()["batch_id"] == 3
    assert client.post("/api/batches/3/revert").json()["batch_id"] == 3
    csv = client.get("/api/batches/3/rejects.csv")
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert "rejects-3.csv" in csv.headers["content-disposition"]
    assert csv.text.startswith("line,reason,raw\n")


@pytest.mark.parametrize("path", ["", "/rejects.csv"])
def test_an_unknown_batch_is_a_problem(client: Any, loader: StandInLoader, problem_of: Any, path: str) -> None:
    problem_of(client.get(f"/api/batches/8{path}"), 404, "unknown_batch")
    problem_of(client.get(f"/api/batches/{10**30}{path}"), 422, "invalid_request")
    problem_of(client.get(f"/api/batches/-1{path}"), 422, "invalid_request")
    problem_of(client.post("/api/batches/8/revert"), 404, "unknown_batch")
