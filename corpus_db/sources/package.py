"""A zip of XML parts (OOXML, OpenDocument, EPUB) → the tags and texts in them, one after the other.

No tree is built: memory does not grow with a part. What could run away ends at a bound: the bytes that come out, the
nesting; entities that a part defines are refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from corpus_db.errors import InputError
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, MAX_NESTING, MAX_RATIO, too_large

_BLOCK_BYTES = 1 << 16
_MOST_BYTES = 8 * MAX_DOCUMENT_BYTES  # of XML, of which most is tags
_BROKEN = (EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile)


class Event(NamedTuple):
    """A tag or a text; names of tags and attributes are without their prefix."""

    kind: str  # 'open', 'close', 'text'
    name: str  # the text itself, of 'text'
    attributes: dict[str, str]


class Relation(NamedTuple):
    """What one part has to do with another."""

    kind: str  # last part of its type: 'worksheet', 'styles'
    target: str  # name of the part


class Package:
    """An opened package. Raises `InputError`, here and where a part is read, for what is damaged, locked or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise _broken(str(error)) from None
        self._names = set(self._zip.namelist())
        self._left = min(_MOST_BYTES, max(2 * MAX_DOCUMENT_BYTES, MAX_RATIO * len(data)))

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def main(self) -> str:
        """The name of the part that an office document begins with."""
        found = next((one.target for one in self.relations("").values() if one.kind == "officeDocument"), "")
        if found not in self:
            raise _broken("its main part is missing")
        return found

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part ('': of the package), by their ids."""
        folder, name = posixpath.split(part)
        return {
            event.attributes.get("Id", ""): Relation(
                event.attributes.get("Type", "").rsplit("/", 1)[-1], joined(folder, event.attributes.get("Target", ""))
            )
            for event in self.events(posixpath.join(folder, "_rels", f"{name}.rels"))
            if event.kind == "open" and event.name == "Relationship"
        }

    def data(self, name: str) -> bytes:
        """A part as it is; raises `InputError` if it is larger than a document can be."""
        found = list[bytes]()
        for block in self.blocks(name):
            found.append(block)
            if len(found) * _BLOCK_BYTES > MAX_DOCUMENT_BYTES:
                raise too_large()
        if not found:
            raise _broken(f"{name} is missing or empty")
        return b"".join(found)

    def events(self, name: str) -> Iterator[Event]:
        """The tags and texts of a part; none if there is no such part."""
        found: list[Event] = []
        parser = expat.ParserCreate()
        depth = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_NESTING:
                raise InputError("read", "nested too deeply", f"more than {MAX_NESTING} levels: save it anew")
            found.append(Event("open", _local(tag), {_local(key): value for key, value in attributes.items()}))

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            found.append(Event("close", _local(tag), {}))

        def entity(*_: object) -> None:
            raise _broken(f"{name} defines entities")

        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.CharacterDataHandler = lambda text: found.append(Event("text", text, {}))
        parser.EntityDeclHandler = entity
        try:
            for block in self.blocks(name):
                parser.Parse(block, False)
                yield from found
                found.clear()
            if name in self:
                parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two for encodings that expat has not
            raise _broken(f"{name}: {error}") from None
        yield from found

    def spend(self, size: int) -> None:
        """Count what comes out; raises `InputError` where it is far more than went in."""
        self._left -= size
        if self._left < 0:
            detail = "its parts are far larger than a document's: split it, or save it as text or CSV"
            raise InputError("read", "expands too far", detail)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a few at a time; none if there is no such part."""
        if name not in self:
            return
        try:
            with self._zip.open(name) as file:
                while block := file.read(_BLOCK_BYTES):
                    self.spend(len(block))
                    yield block
        except _BROKEN as error:
            if "encrypted" in str(error):
                raise InputError("read", "encrypted", "save it without its password") from None
            raise _broken(str(error)) from None


def joined(folder: str, target: str) -> str:
    """The name of a part that another one, in `folder`, points to.

    >>> joined("xl", "worksheets/sheet1.xml"), joined("xl", "/xl/styles.xml"), joined("a/b", "../c%20d.xhtml#e")
    ('xl/worksheets/sheet1.xml', 'xl/styles.xml', 'a/c d.xhtml')
    """
    return posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0]))).lstrip("/")


@lru_cache(1024)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _broken(what: str) -> InputError:
    return InputError("read", "damaged document", f"{what}: open it in the program that wrote it, and save it anew")
