"""A file that takes its place only when it is complete: written beside its target under a hidden name, one build at a time.

Killed at any moment, the target is what it was.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from corpus_db.errors import BuildError
from corpus_db.sql import APPLICATION_ID

_OF_THE_DISK = re.compile("disk|readonly|unable to open|full")  # SQLite's words for what the system refused


def traces(target: Path) -> tuple[Path, Path, Path, Path]:
    """Absolute paths of the files that a build of `target` makes: itself, its lock, what it is written as, and anew."""
    place = Path(os.path.abspath(target))  # noqa: PTH100  resolve() would follow links
    temporary = place.with_name(f".{place.name}.building")
    return place, place.with_name(f".{place.name}.lock"), temporary, anew(temporary)


def anew(temporary: Path) -> Path:
    """Where a file that is being written may be written a second time; it is cleared away like the file itself."""
    return temporary.with_name(f"{temporary.name}-anew")


def what_is(path: Path) -> Literal["nothing", "corpus", "database", "other"]:
    """What stands where a file is to be written, by its header (https://www.sqlite.org/fileformat.html, 1.3)."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        header = file.read(72)
        if not header.startswith(b"SQLite format 3\0"):
            return "other" if header else "nothing"
        return "corpus" if header[68:] == APPLICATION_ID.to_bytes(4, "big") else "database"
    return "nothing"


@contextlib.contextmanager
def writing(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `target` when the block ends well and vanishes when it does not.

    A block that writes nothing leaves `target` as it is.
    """
    _, lock, temporary, second = traces(target)
    with _alone(target, lock):
        try:
            for stale in (temporary, second, temporary.with_name(temporary.name + "-journal")):
                stale.unlink(missing_ok=True)
            yield temporary
            if temporary.exists():
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())
                temporary.replace(target)
                _sync_folder(target.parent)
        except (sqlite3.OperationalError, OSError) as error:
            if isinstance(error, sqlite3.OperationalError) and not _OF_THE_DISK.search(str(error)):
                raise
            raise BuildError(f"{target}: can not write ({error}); is the disk full or the folder read-only?") from error
        finally:
            for left in (temporary, second):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(target: Path, lock: Path) -> Iterator[None]:
    """Hold `lock`, a file beside `target`, so that two builds can not write it at once; the system drops it with the process."""
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        reason = f"can not write into {target.parent} ({error.strerror}); choose another place with -o"
        raise BuildError(f"{target}: {reason}") from error
    try:
        if not _locked(handle) or not _same_file(handle, lock):
            raise BuildError(f"{target}: another build is writing it; wait for it to end")
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                lock.unlink()
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # Windows: SQLite's own lock on the file being written is all there is
        return True
    except OSError:
        return False
    return True


def _same_file(handle: int, path: Path) -> bool:
    """Whether `path` still is what was opened: the build that held the lock may have ended, and removed it, in between."""
    with contextlib.suppress(OSError):
        return os.fstat(handle).st_ino == path.stat().st_ino
    return False


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
