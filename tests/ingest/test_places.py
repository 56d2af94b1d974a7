"""Files from a web address and from the import folder: only from where it is allowed, else one clear line."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

import ingest
from ingest import Address, Imported
from ingest.hosts import check_address, is_public
from ingest.places import read_place
from kpi.errors import LoadRefused
from kpi.settings import Settings
from kpi.workspace import Workspace

TABLE = b"date,platform,campaign,spend\n2026-06-01,Meta,A,1.5\n2026-06-02,Meta,A,2\n"


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/moved": (302, {"Location": "/june.csv"}, b""),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/missing.csv": (404, {}, b"no"),
    "/login": (200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html>Sign in</html>"),
    "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(TABLE)),
}


class Files(BaseHTTPRequestHandler):
    """A small file server; each path misbehaves in its own way."""

    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append({"path": self.path, "host": self.headers["Host"]})
        path = self.path.partition("?")[0]
        if path == "/endless":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):  # the client has had enough
                for _ in range(40):
                    self.wfile.write(b"x" * (1 << 20))
            return None
        return self._send(*ANSWERS.get(path, (200, {}, TABLE)))

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def files() -> Iterator[str]:
    """The address of a running file server on this machine."""
    handler = type("Handler", (Files,), {"seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_with(tmp_path: Path, settings: Settings) -> Iterator[Callable[..., Workspace]]:
    opened: list[Workspace] = []

    def _open(**changed: Any) -> Workspace:
        opened.append(Workspace.open(tmp_path / "set", settings.model_copy(update=changed)))
        return opened[-1]

    yield _open
    for one in opened:
        one.close()


@pytest.mark.parametrize("path", ["/june.csv", "/moved", "/packed", "/june.csv?signature=secret"])
def test_a_file_of_a_listed_host_loads(open_with: Any, files: str, path: str) -> None:
    report = ingest.load(open_with(import_hosts=("127.0.0.1",)), Address(files + path))
    assert (report.status, report.rows_loaded, report.totals["spend"]) == ("loaded", 2, 3.5), report.message
    assert "secret" not in report.model_dump_json()


@pytest.mark.parametrize(
    ("path", "reason", "word"),
    [
        ("/inside", "not_allowed", "https"),
        ("/round", "unreadable", "final"),
        ("/missing.csv", "unreadable", "404"),
        ("/login", "unreadable", "web page"),
        ("/endless", "too_large", "1 MB"),
    ],
)
def test_what_a_server_answers_instead_of_a_file_is_one_clear_line(
    open_with: Any, files: str, path: str, reason: str, word: str
) -> None:
    report = ingest.load(open_with(import_hosts=("127.0.0.1",), max_upload_mb=1), Address(files + path))
    assert (report.status, report.reason) == ("refused", reason) and word in report.message, report.message
    assert "\n" not in report.message


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/a.csv",
        "https://localhost/a.csv",
        "https://[::1]/a.csv",
        "https://[::ffff:10.0.0.1]/a.csv",
        "https://169.254.169.254/latest",
        "https://10.1.2.3/a.csv",
        "https://0/a.csv",
        "https://2130706433/a.csv",
        "http://8.8.8.8/a.csv",
        "https://name:word@8.8.8.8/a.csv",
        "file:///etc/passwd",
        "ftp://8.8.8.8/a.csv",
        "https://",
        "https://[nonsense/a.csv",
        "https://8.8.8.8:99999/a.csv",
    ],
)
def test_no_address_of_the_local_network_is_asked(workspace: Workspace, url: str) -> None:
    report = ingest.load(workspace, Address(url))
    assert (report.status, report.reason) == ("refused", "not_allowed"), report.message
    assert report.message and "\n" not in report.message


@pytest.mark.parametrize(
    ("ip", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::ffff:8.8.8.8", True),
    ],
)
def test_what_counts_as_public(ip: str, expected: bool) -> None:
    assert is_public(ip_address(ip)) is expected


def test_a_name_that_stands_for_a_public_and_a_local_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", (ip, 443)) for ip in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(LoadRefused, match="local network"):
        check_address("https://files.example/a.csv", ())


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, open_with: Any, files: str
) -> None:
    """A name that resolves to something else a moment later (rebinding) is not resolved again."""
    port = files.rpartition(":")[2]
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: Any, *arguments: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name != "files.example":
            return real(host, *arguments, **more)
        asked.append(name)
        return [(2, 1, 6, "", ("127.0.0.1", int(port)))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    report = ingest.load(open_with(import_hosts=("Files.Example",)), Address(f"http://files.example:{port}/june.csv"))
    assert report.status == "loaded", report.message
    assert asked == ["files.example"]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for files.example with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "files.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("files.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(("host", "status"), [("files.example", "loaded"), ("other.example", "refused")])
def test_the_certificate_is_checked_for_the_name_not_for_the_pinned_ip(
    monkeypatch: pytest.MonkeyPatch, open_with: Any, certificate: Path, host: str, status: str
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Files,), {"seen": []}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda name, *a, **k: real("127.0.0.1" if name == host else name, *a, **k)
    )
    try:
        address = Address(f"https://{host}:{server.server_port}/june.csv")
        assert ingest.load(open_with(import_hosts=(host,)), address).status == status
    finally:
        server.shutdown()
        server.server_close()


def test_a_host_that_does_not_answer_is_one_clear_line(open_with: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{taken.getsockname()[1]}/june.csv"
        report = ingest.load(open_with(import_hosts=("127.0.0.1",)), Address(url))
    assert (report.status, report.reason) == ("refused", "unreadable") and "Try again" in report.message


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An import folder with a file, links out of it, and a pipe."""
    inside = tmp_path / "imports"
    (inside / "june").mkdir(parents=True)
    (inside / "june" / "meta.csv").write_bytes(TABLE)
    (tmp_path / "secret.csv").write_bytes(TABLE)
    (inside / "link.csv").symlink_to(tmp_path / "secret.csv")
    (inside / "up").symlink_to(tmp_path)
    os.mkfifo(inside / "pipe.csv")
    return inside


def test_a_file_of_the_import_folder_loads_and_stays(open_with: Any, folder: Path) -> None:
    report = ingest.load(open_with(import_folder=folder), Imported("june/meta.csv"))
    assert (report.status, report.file, report.rows_loaded) == ("loaded", "meta.csv", 2), report.message
    assert (folder / "june" / "meta.csv").read_bytes() == TABLE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../secret.csv", "not_allowed"),
        ("june/../../secret.csv", "not_allowed"),
        ("/etc/passwd", "not_allowed"),
        ("", "not_allowed"),
        ("a\0b", "not_allowed"),
        ("link.csv", "unreadable"),
        ("up/secret.csv", "unreadable"),
        ("pipe.csv", "unreadable"),
        ("june", "unreadable"),
        ("june/none.csv", "unreadable"),
    ],
)
def test_nothing_leads_out_of_the_import_folder(open_with: Any, folder: Path, path: str, reason: str) -> None:
    report = ingest.load(open_with(import_folder=folder), Imported(path))
    assert (report.status, report.reason) == ("refused", reason), report.message
    assert str(folder) not in report.message and "\n" not in report.message


def test_without_an_import_folder_nothing_is_read_from_the_server(workspace: Workspace) -> None:
    report = ingest.load(workspace, Imported("june/meta.csv"))
    assert (report.status, report.reason) == ("refused", "not_allowed") and "IMPORT_FOLDER" in report.message


def test_what_a_person_names_in_the_terminal() -> None:
    assert read_place("https://a.example/x.csv") == Address("https://a.example/x.csv")
    assert read_place("import:june/meta.csv") == Imported("june/meta.csv")
    assert read_place("exports/june.csv") == Path("exports/june.csv")
