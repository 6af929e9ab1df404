"""The typesetting process as its caller sees it: started, asked, ended when it takes too long."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

TIME_LIMIT_S: Final = 10.0
ROOT: Final = Path(__file__).resolve().parents[3]
WORKER: Final = (sys.executable, "-m", "bot.adapters.typesetting.worker")


class WorkerError(Exception):
    """The process could not do it, or not in time."""


class WorkerProcess:
    """One typesetting process, begun when it is first needed and again after it was ended."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S, command: Sequence[str] = WORKER) -> None:
        self._time_limit_s = time_limit_s
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def families(self) -> list[str]:
        """Return the names of the fonts there are. Raises WorkerError."""
        return list(self._ask({"do": "families"})["families"])

    def convert(self, formulas: Sequence[str]) -> list[str | None]:
        """Turn LaTeX into typst's mathematics; None for what cannot be converted. Raises WorkerError."""
        return list(self._ask({"do": "convert", "formulas": list(formulas)})["typst"])

    def pages(self, folder: str, ppi: float) -> list[bytes]:
        """Typeset the `main.typ` of a folder into PNG pages. Raises WorkerError."""
        made = self._ask({"do": "typeset", "folder": folder, "ppi": ppi})["pages"]
        return [base64.b64decode(page) for page in made]

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        if not self._lock.acquire(timeout=self._time_limit_s):
            raise WorkerError(f"others have kept it busy for {self._time_limit_s:g} s")
        try:
            said = self._exchange(request)
        except (OSError, ValueError) as error:
            self._end()
            raise WorkerError(f"no answer within {self._time_limit_s:g} s, or none at all: {error}") from error
        finally:
            self._lock.release()
        if "error" in said:
            raise WorkerError(str(said["error"]))
        return said

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        alarm = threading.Timer(self._time_limit_s, _kill, (process,))
        alarm.daemon = True
        alarm.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise OSError("the process has no pipes")
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
        finally:
            alarm.cancel()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            # A session of its own, so that pandoc ends with it, and Ctrl-C in the terminal is not for it.
            self._process = subprocess.Popen(  # noqa: S603  our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                start_new_session=True,
            )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nobody to read it
                    continue


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if process.poll() is not None:
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):  # gone already, or a system without process groups
        process.kill()
