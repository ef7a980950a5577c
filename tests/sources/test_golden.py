"""Golden pairs: a file in each format as people have them, and beside it (.expected) what was read from it.

`python -m tests.sources.test_golden` writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.find import find
from corpus_db.records import Reject
from tests.sources.reading import body, check_tiling

FILES = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.suffix != ".expected")


def rendered(path: Path) -> Iterator[str]:
    """What was read from a file, as lines of text."""
    for item in find([path]):
        yield f"=== member {item.member}"
        try:
            if isinstance(item, Reject):
                raise InputError(*item[2:5])
            source = sources.read(item)
        except InputError as error:
            yield f"rejected: {error}"
            continue
        check_tiling(source)
        yield f"{source.format} in {source.encoding}, {source.bytes} bytes"
        yield from (f"note: {note}" for note in source.notes)
        yield from (f"{name}: {value}" for name, value in source.fields.items())
        yield f"---\n{body(source)}"


def expected(path: Path) -> Path:
    """The file that says what should be read from `path`."""
    return path.with_name(path.name + ".expected")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    assert "\n".join(rendered(path)) == expected(path).read_bytes().decode()


if __name__ == "__main__":
    for path in FILES:
        expected(path).write_bytes("\n".join(rendered(path)).encode())
