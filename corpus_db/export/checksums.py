"""A release folder → its SHA256SUMS and back: what `sha256sum -c` checks, and what it does not see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from corpus_db.about import sha256

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def write(folder: Path, sums: Mapping[str, str]) -> None:
    """Write the digests, by path relative to `folder`, as ``sha256sum`` does."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")


def read(folder: Path) -> dict[str, str]:
    """The digests that the release in `folder` states, by path; {}: it is no release. Lines that are none are left out."""
    try:
        text = (folder / NAME).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    return {match[2]: match[1] for line in text.splitlines() if (match := _LINE.fullmatch(line))}


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the files of the release in `folder`, one line each. The sums may come from anywhere."""
    sums = read(folder)
    if not sums:
        yield f"no release: it has no {NAME}"
        return
    for name, stated in sorted(sums.items()):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            yield f"{name}: lies outside of the release"
        elif not (folder / path).is_file():
            yield f"{name}: missing"
        elif sha256(folder / path) != stated:
            yield f"{name}: not as released: its SHA-256 differs"
    for name in unlisted(folder, sums):
        yield f"{name}: not part of the release"


def unlisted(folder: Path, sums: Mapping[str, str]) -> Iterator[str]:
    """Paths of the files below `folder` that `sums` does not name."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in sums and name != NAME:
            yield name
