"""The font `corpus_db/data/fonts/box.ttf`, made from nothing: every character is one and the same box, as wide as it is high.

``python -m tests.sources.box_font`` writes it. Format: OpenType 1.9; a character map of format 13 says that many characters
are one glyph.
"""

from __future__ import annotations

import struct
from importlib import resources
from pathlib import Path

EM, ASCENT, DESCENT = 1000, 880, -120
CHARACTERS = ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x3FFFF))
CODE_PAGES = (
    1 | 0b11111 << 17
)  # OS/2.ulCodePageRange1: Latin; Japanese, simplified, Korean (twice) and traditional Chinese


def font() -> bytes:
    """The font as it is shipped."""
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": 2 * _box(),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, EM, 0, 0, 0, DESCENT, EM, ASCENT, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 1
        ),
        b"hmtx": struct.pack(">Hhh", EM, 0, 0),
        b"loca": struct.pack(">III", 0, len(_box()), 2 * len(_box())),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name({1: "Box", 2: "Regular", 4: "Box", 6: "Box"}),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16 * (len(tables) - 8)), b""
    for name, data in tables.items():
        place = 12 + 16 * len(tables) + len(body)
        head += struct.pack(">4sIII", name, _sum(data), place, len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def _box() -> bytes:
    """One contour of four points on it."""
    points = struct.pack(">hhhh", 0, EM, 0, -EM) + struct.pack(">hhhh", DESCENT, 0, ASCENT - DESCENT, 0)
    return struct.pack(">hhhhhHH4B", 1, 0, DESCENT, EM, ASCENT, 3, 0, 1, 1, 1, 1) + points + bytes(2)


def _cmap() -> bytes:
    groups = b"".join(struct.pack(">III", first, last, 1) for first, last in CHARACTERS)
    table = struct.pack(">HHIII", 13, 0, 16 + len(groups), 0, len(CHARACTERS)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _name(names: dict[int, str]) -> bytes:
    rows, text = b"", b""
    for number, name in names.items():
        data = name.encode("utf-16-be")
        rows += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(data), len(text))
        text += data
    return struct.pack(">HHH", 0, len(names), 6 + len(rows)) + rows + text


def _os2() -> bytes:
    """Version 4: who asks for a font of a code page is given this one."""
    head = struct.pack(
        ">HhHHH10hh10s4I4s3H", 4, EM, 400, 5, 0, *[0] * 10, 0, bytes(10), 0, 0, 0, 0, b"none", 64, 0x20, 0xFFFF
    )
    return head + struct.pack(">hhhHH2IhhHHH", ASCENT, DESCENT, 0, ASCENT, -DESCENT, CODE_PAGES, 0, 500, 700, 0, 32, 1)


if __name__ == "__main__":
    Path(str(resources.files("corpus_db"))).joinpath("data", "fonts", "box.ttf").write_bytes(font())
