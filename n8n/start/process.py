"""The n8n process: started, waited for, stopped. One a workspace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from kpi.errors import N8nAway
from n8n.client import N8nClient

_READY_SECONDS = 180.0
_STOP_SECONDS = 20.0


class N8nProcess:
    """``installed`` is the folder that ``n8n/install`` printed. Its output goes to ``<workspace>/n8n/n8n.log``."""

    def __init__(self, installed: Path, folder: Path, variables: Mapping[str, str]) -> None:
        self._node = installed / "node" / "bin" / "node"
        self._n8n = installed / "node_modules" / "n8n" / "bin" / "n8n"
        self._folder = folder
        self._variables = {**variables, "PATH": f"{self._node.parent}{os.pathsep}{variables.get('PATH', os.defpath)}"}
        self.log = folder / "n8n.log"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> None:
        """Run one of n8n's commands to its end. Raises N8nAway with its last words where it fails."""
        done = subprocess.run(  # noqa: S603
            [str(self._node), str(self._n8n), *arguments],
            env=self._variables,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise N8nAway(f"n8n {arguments[0]} failed: {(done.stderr or done.stdout)[-500:].strip()}")

    def start(self, client: N8nClient) -> None:
        """Returns once it takes requests. Raises N8nAway where it doesn't."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [str(self._node), str(self._n8n), "start"],
                env=self._variables,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is ours: we stop it, once its work is handed back
            )
        deadline = time.monotonic() + _READY_SECONDS
        while not client.is_up():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise N8nAway(f"n8n did not start; its last words are in {self.log}.")
            time.sleep(0.3)

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Note:
    """``running.json``: which process serves the workspace's n8n, for the next `make n8n`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "running.json"

    def write(self, pid: int, url: str) -> None:
        self._file.write_text(json.dumps({"pid": pid, "url": url}), "utf-8")

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)

    def is_running(self) -> bool:
        try:
            os.kill(json.loads(self._file.read_text("utf-8"))["pid"], 0)
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return True
