"""A function to be called with portions of the input: with what, what comes of it, and the key of that from build to build."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from corpus_db.packing import as_bytes
from corpus_db.portions import Portion

# Takes a portion's items and further arguments; its result has several parts, which are kept apart.
Function = Callable[..., tuple[Any, ...]]
# What the contents of a file depend on, besides this package; the other libraries only serve, show or keep it.
LIBRARIES = (
    *(
        "charset-normalizer",
        "ftfy",
        "jieba",
        "numpy",
        "opencc",
        "pypdfium2",
        "pypinyin",
        "pyyaml",
        "rjieba",
        "tomli",
        "warcio",
    ),
)


class Call(NamedTuple):
    """A portion to be worked on."""

    portion: Portion
    arguments: tuple[Any, ...] = ()  # of the `Function`, besides the portion's items
    depends_on: bytes = b""  # digest of those arguments


class Result(Protocol):
    """What became of a call."""

    @property
    def key(self) -> bytes:
        """What `key_of` gives for it."""

    def part(self, n: int) -> Any:
        """Its part number `n`, from 0."""


def packed(function: Function, call: Call) -> list[bytes]:
    """The parts of the result of a call as bytes; runs where the executor takes it."""
    return list(map(as_bytes, function(call.portion.items, *call.arguments)))


def key_of(function: Function, portion: bytes, depends_on: bytes) -> bytes:
    """The key of what a function gives for a portion of that digest; `depends_on` is the digest of its other arguments."""
    digest = hashlib.sha256(f"{function.__module__}.{function.__qualname__} {program()}\n".encode())
    digest.update(depends_on)
    digest.update(portion)
    return digest.digest()


@cache
def program() -> str:
    """Digest of all that makes a result or a file, but for the input: this package's files, and `LIBRARIES`, by version."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in LIBRARIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    for file in sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in (".py", ".sql", ".tsv")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
