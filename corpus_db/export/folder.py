"""A folder that takes its place only when it is complete, and never the place of what is not a release."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from corpus_db.errors import BuildError, UsageError
from corpus_db.export import checksums


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `folder` when the block ends well and vanishes when it does not.

    An earlier release in `folder` stays whole until then. Raises `UsageError` where `folder` holds anything else.
    """
    place = _place(folder)
    temporary, old = place.with_name(f".{place.name}.exporting"), place.with_name(f".{place.name}.replaced")
    try:
        with _alone(temporary):
            if old.exists() and not place.exists():  # killed between the two renames below
                old.rename(place)
            try:
                yield temporary
                if place.exists():
                    shutil.rmtree(old, ignore_errors=True)
                    place.rename(old)
                try:
                    temporary.rename(place)
                except OSError:
                    old.rename(place)
                    raise
                shutil.rmtree(old, ignore_errors=True)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise BuildError(f"{folder}: can not write ({error}); is the disk full or the folder read-only?") from error


def _place(folder: Path) -> Path:
    """Where to write `folder`: what it links to, if it is a link."""
    place = folder.resolve()
    if place.exists() and not place.is_dir():
        raise UsageError(f"{folder}: is a file; name the folder to write: corpus-db export FILE DIR")
    if not place.parent.is_dir():
        raise UsageError(f"{folder.parent}: no such folder to write into; create it first")
    if place.is_dir() and any(place.iterdir()):
        sums = checksums.read(place)
        if not sums:
            raise UsageError(f"{folder}: is not empty and no earlier release; name another folder")
        foreign = list(checksums.unlisted(place, sums))
        if foreign:
            more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
            raise UsageError(f"{folder}: holds what is not of the release: {foreign[0]}{more}; move it elsewhere first")
    return place


@contextlib.contextmanager
def _alone(temporary: Path) -> Iterator[None]:
    """Hold `temporary`, made empty, so that two exports can not write it at once; the system drops it with the process."""
    temporary.mkdir(exist_ok=True)
    if os.name != "posix":  # no lock on a folder there
        yield
        return
    import fcntl

    handle = os.open(temporary, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BuildError(f"{temporary}: another export is writing it; wait for it to end") from None
        for left_over in temporary.iterdir():  # of an export that was killed
            shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
        yield
    finally:
        os.close(handle)
