"""PDFs as small as can be: texts at places, in a font that is not embedded, whose characters are Unicode (UniGB-UCS2)."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT = 595, 842  # of a page, in points
LEFT, RIGHT, TOP = 70, 520, 90  # of its text
SIZE, STEP = 12, 18

Text = tuple[float, float, float, str]  # x, y from the head of the page, size, text


def pdf(*pages: Iterable[Text | str], info: Mapping[str, str] | None = None, more: Sequence[bytes] = ()) -> bytes:
    """A document of pages of texts; a plain string is a piece of a content stream as it stands."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_font("H")]
    kids = []
    for page in pages:
        content = "".join(map(_shown, page)).encode("latin-1")
        packed = zlib.compress(content)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    stated = "".join(f"/{key}<FEFF{value.encode('utf-16-be').hex()}>" for key, value in (info or {}).items())
    objects.append(f"<<{stated}>>".encode())
    return written([*objects, *more], f"/Root 1 0 R/Info {len(objects)} 0 R")


def written(objects: Sequence[bytes], trailer: str) -> bytes:
    """Objects as a file."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}{trailer}>>\n"
    return data + f"{head}startxref\n{len(data)}\n%%EOF\n".encode()


def _font(direction: str) -> list[bytes]:
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-{direction}/DescendantFonts[4 0 R]>>".encode(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 700/StemV 90>>",
    ]


def _shown(text: Text | str) -> str:
    if isinstance(text, str):
        return text
    x, y, size, chars = text
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td <{chars.encode('utf-16-be').hex()}> Tj ET\n"


def typeset(
    paragraphs: Iterable[str],
    *,
    left: float = LEFT,
    right: float = RIGHT,
    top: float = TOP,
    size: float = SIZE,
    indent: int = 2,
    gap: float = 0,
) -> list[Text]:
    """Paragraphs as lines, of which the first is indented by so many characters."""
    lines, y = list[Text](), top
    for paragraph in paragraphs:
        rest, start = paragraph, left + indent * size
        while rest:
            room, cut = right - start, 0
            while cut < len(rest) and width(rest[: cut + 1], size) <= room:
                cut += 1
            while cut < len(rest) and rest[cut - 1 : cut + 1].isascii() and rest[cut - 1 : cut + 1].isalnum():
                cut -= 1
            lines.append((start, y, size, rest[:cut]))
            rest, start, y = rest[cut:], left, y + size * 1.5
        y += gap
    return lines


def width(text: str, size: float) -> float:
    """Points that a text takes."""
    return sum(size / 2 if char.isascii() else size for char in text)


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def lock(data: bytes, password: str) -> bytes:
    """A document locked by that password, in the oldest way. Source: ISO 32000-1, 7.6.3, algorithms 1 to 4."""
    found = [(int(one[1]), one[2]) for one in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj\n", data, re.DOTALL)]
    padded = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + bytes((252, 255, 255, 255)) + b"0123456789abcdef").digest()[:5]
    objects = [_locked(number, content, key) for number, content in found]
    entries = f"/V 1/R 2/P -4/O<{owner.hex()}>/U<{_rc4(key, _PAD).hex()}>"
    number = len(objects) + 1
    objects.append(f"<</Filter/Standard{entries}>>".encode())
    return written(objects, f"/Root 1 0 R/Encrypt {number} 0 R/ID[<{b'0123456789abcdef'.hex()}>]")


def _locked(number: int, content: bytes, key: bytes) -> bytes:
    own = hashlib.md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
    return re.sub(rb"(?<=stream\n).*(?=\nendstream)", lambda found: _rc4(own, found[0]), content, flags=re.DOTALL)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, at = list(range(256)), 0
    for n in range(256):
        at = (at + state[n] + key[n % len(key)]) % 256
        state[n], state[at] = state[at], state[n]
    out, n, at = bytearray(), 0, 0
    for byte in data:
        n = (n + 1) % 256
        at = (at + state[n]) % 256
        state[n], state[at] = state[at], state[n]
        out.append(byte ^ state[(state[n] + state[at]) % 256])
    return bytes(out)
