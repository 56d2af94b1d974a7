"""``python -m n8n [--workspace DIR]``: install and start n8n beside the app until Ctrl-C. Again, it changes nothing."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
from pathlib import Path

from kpi.errors import PlatformError, SettingsError
from kpi.settings import Settings
from n8n.client import N8nClient
from n8n.connection import FOLDER, connection
from n8n.offer import is_tagged, shipped
from n8n.start.process import N8nProcess, Note
from n8n.start.setup import import_all, set_up
from n8n.start.surroundings import N8nSettings, app_url, credentials, owner_password, variables


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when stopped or running already, 1 where n8n can't be installed or started."""
    parser = argparse.ArgumentParser(prog="python -m n8n", description="Install and start n8n beside the app.")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="folder of the data (default: WORKSPACE)")
    chosen = parser.parse_args(arguments)
    try:
        overrides = {"workspace": chosen.workspace} if chosen.workspace else {}
        return _run(Settings.load(**overrides), N8nSettings())
    except PlatformError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def install() -> Path:
    """The folder n8n is installed in; installs it the first time. Raises SettingsError where that fails."""
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", str(Path(__file__).with_name("install"))], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SettingsError("n8n could not be installed: the lines above say why.")
    return Path(done.stdout.strip().splitlines()[-1])


def _run(settings: Settings, own: N8nSettings) -> int:
    folder = settings.workspace.resolve() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    reach, note = connection(settings.workspace.resolve(), settings), Note(folder)
    if note.is_running() and N8nClient(reach).is_up():
        sys.stdout.write(f"n8n is running already.\n{_where(reach.url, settings, own)}")
        return 0
    n8n = N8nProcess(install(), folder, variables(settings, own, _free_port()))
    _stop_cleanly_when_terminated()
    try:
        start(n8n, settings, own)
        assert n8n.process is not None
        note.write(n8n.process.pid, reach.url)
        sys.stdout.write(f"{_where(reach.url, settings, own)}Ctrl-C stops it.\n")
        sys.stdout.flush()
        n8n.process.wait()
        sys.stderr.write(f"n8n ended by itself; its last words are in {n8n.log}.\n")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        n8n.stop()
        note.remove()


def start(n8n: N8nProcess, settings: Settings, own: N8nSettings) -> None:
    """Import what is new, start, set up, activate. Raises N8nAway where a step fails."""
    workspace = settings.workspace.resolve()
    sys.stdout.write("Starting n8n (half a minute; two where workflows are new) …\n")
    sys.stdout.flush()
    import_all(n8n, workspace / FOLDER, credentials(settings, own))
    reach = connection(workspace, settings)
    n8n.start(N8nClient(reach))
    set_up(reach.url, reach.api_key, own.n8n_owner_email, owner_password(workspace, own), workspace)


def _where(url: str, settings: Settings, own: N8nSettings) -> str:
    offered = ", ".join(workflow["name"] for workflow in shipped() if is_tagged(workflow))
    secrets = settings.workspace / FOLDER / "secrets.json"
    return (
        f"n8n:            {url} (owner {own.n8n_owner_email}, password in {secrets})\n"
        f"the app:        {app_url(settings, own)}\n"
        f"Slack sends to  {url}/webhook/slack, Teams to {url}/webhook/teams\n"
        f"in the chat:    {offered}\n"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stop_cleanly_when_terminated() -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for way in (signal.SIGTERM, signal.SIGINT):
        signal.signal(way, stop)


if __name__ == "__main__":
    raise SystemExit(main())
