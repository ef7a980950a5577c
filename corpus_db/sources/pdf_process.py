"""A PDF → what PDFium says of it, asked of a process of its own (`pdfium`): it may die of a file, and take too long.

Each process that reads PDFs starts one when it meets the first; it ends when that one does, since nothing more comes in.
A file that it dies of is a reject with the reason, and the next file has a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from corpus_db.errors import InputError

_MOST_SECONDS = 900  # for a file that waits for good; one that works for long ends sooner (`pdfium.MOST_SECONDS`)
_ENDING_SECONDS = 1  # in which it ends by itself when nothing more comes
_TOO_MUCH_TIME = getattr(signal, "SIGXCPU", 0)
_MOST_ANSWER = 1 << 30  # bytes
_START = "import sys, runpy; sys.path[:] = sys.argv[2:]; runpy.run_path(sys.argv[1], run_name='__main__')"
_PROGRAM = str(Path(__file__).with_name("pdfium.py"))


class _Process:
    """One that is running."""

    def __init__(self) -> None:
        self.parent = os.getpid()
        self._is_late = False
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, _PROGRAM, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C ends a build, which is no fault of the file that is read
        )

    def ask(self, data: bytes) -> Any:
        """Its answer; raises `OSError` where there is none, `TimeoutError` where that took too long."""
        told, answers = self._process.stdin, self._process.stdout
        assert told and answers
        late = threading.Timer(_MOST_SECONDS, self._give_up)
        late.daemon = True
        late.start()
        try:
            told.write(len(data).to_bytes(8, "big") + data)
            told.flush()
            size = int.from_bytes(answers.read(8), "big")
            answer = answers.read(size) if 0 < size <= _MOST_ANSWER else b""
            if not answer or len(answer) < size:
                raise BrokenPipeError
            return json.loads(answer)
        except OSError as error:
            self.end()
            is_late = self._is_late or self._process.returncode == -_TOO_MUCH_TIME
            raise TimeoutError if is_late else error from None
        finally:
            late.cancel()

    def _give_up(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self) -> None:
        """End it, if it has not ended yet."""
        with contextlib.suppress(OSError):  # of what it was told, the rest goes nowhere
            for pipe in filter(None, (self._process.stdin, self._process.stdout)):
                pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING_SECONDS)
        self._process.kill()
        self._process.wait()


_lock = threading.Lock()
_running: _Process | None = None


def ask(data: bytes) -> dict[str, Any]:
    """What `pdfium.document` says of a file; raises `InputError` where it says that it can not be read, or nothing."""
    with _lock:
        answer = _asked(data) or _asked(data)  # a second time: something else may have killed it
    if not answer:
        detail = "PDFium died of it: print it to PDF anew, or save its text"
        raise InputError("read", "damaged document", detail)
    if wrong := answer.get("error"):
        raise InputError("read", *_WRONG[wrong])
    return answer


def _asked(data: bytes) -> dict[str, Any]:
    """The answer; empty: the process died. Raises `InputError` where it took too long."""
    global _running
    if _running is None or _running.parent != os.getpid():  # a copy of this process shares no pipe with it
        _running = _Process()
        atexit.register(end)
    try:
        return dict(_running.ask(data))
    except TimeoutError:
        end()
        raise InputError("read", "too slow", "more than two minutes: print it to PDF anew, or split it") from None
    except (OSError, ValueError):
        end()
        return {}


def end() -> None:
    """End the process, if there is one."""
    global _running
    running, _running = _running, None
    if running is not None and running.parent == os.getpid():
        running.end()


_WRONG = {
    "locked": ("encrypted", "save it without its password"),
    "damaged": ("damaged document", "fetch it anew, or open it and print it to PDF"),
    "too large": ("document too large", "more pages or text than an article can have: split it"),
    "missing": ("PDF reader missing", "pip install pypdfium2, and build again"),
}
