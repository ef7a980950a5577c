"""The code pages of rich text → codecs; bytes in them → text."""

from __future__ import annotations

import re
from itertools import islice

from corpus_db.decode import codec_of, encoding_of
from corpus_db.text.likeness import SURE, likeness

# Character sets of fonts; in those that are left out (the default one, OEM) the page of the document holds. Source: RTF
# Specification 1.9.1, "Font Table".
_FONTS = {
    "cp1252": (0, 2),
    "mac-roman": (77,),
    "shift_jis": (78,),
    "cp932": (128,),
    "cp949": (129,),
    "johab": (130,),
    "gb18030": (80, 134),
    "big5hkscs": (81, 136),
    "cp1253": (161,),
    "cp1254": (162,),
    "cp1258": (163,),
    "cp1255": (177,),
    "cp1256": (178,),
    "cp1257": (186,),
    "cp1251": (204,),
    "cp874": (222,),
    "cp1250": (238,),
    "cp437": (254,),
}
CHARSETS = {number: codec for codec, numbers in _FONTS.items() for number in numbers}
_OF_MAC = {10000: "mac-roman", 10001: "shift_jis", 10002: "big5hkscs", 10008: "gb18030"}
_WIDE = frozenset(("utf-8", "gb18030", "big5hkscs", "shift_jis", "cp932", "cp949", "johab"))
_STATED = re.compile(rb"\\ansicpg([0-9]{1,5})")
_HEAD_BYTES = 4096  # in which it stands
# Runs of characters beyond ASCII, whose second bytes may be in it; by so many of them an encoding is judged.
_BEYOND = re.compile(rb"(?:(?:\\'[0-9A-Fa-f]{2}|[\x80-\xff])[@-Z^-z|~]?)+")
_MOST_RUNS = 2000
_ESCAPE = re.compile(rb"\\'([0-9A-Fa-f]{2})")
_TWO_BYTES = re.compile(rb"[\x81-\xfe]{2}")


def codec_of_page(number: int) -> str | None:
    """The codec of a code page of Windows or the Mac; None if there is none.

    >>> codec_of_page(936), codec_of_page(1252), codec_of_page(10002), codec_of_page(0)
    ('gb18030', 'cp1252', 'big5hkscs', None)
    """
    return _OF_MAC.get(number) or codec_of(f"cp{number}")


def page_of(data: bytes) -> str:
    r"""The codec of the bytes of a file that no font tells of: of the page that it states, unless they tell another.

    >>> page_of(rb"{\rtf1\ansi\ansicpg936 a}"), page_of("{\\rtf1\\ansi 今天的会}".encode("gbk"))
    ('gb18030', 'gb18030')
    """
    stated = _STATED.search(data, 0, _HEAD_BYTES)
    codec = (codec_of_page(int(stated[1])) if stated else None) or "cp1252"
    runs = b" ".join(run[0] for run in islice(_BEYOND.finditer(data), _MOST_RUNS))
    sample = _ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), runs)
    read = {name: sample.decode(name, "replace") for name in (codec, encoding_of(sample))}
    return next((name for name, text in read.items() if likeness(text) > SURE), codec)


def decoded(data: bytes, codec: str, page: str) -> str:
    """Bytes in a font of that codec as text, in a document of that page.

    Chinese also stands in fonts that have none.

    >>> decoded(b"caf\\xe9", "cp1252", "gb18030"), decoded("北京".encode("gbk"), "cp1252", "gb18030")
    ('café', '北京')
    """
    text = data.decode(codec, "replace")
    if codec not in _WIDE and page in _WIDE and _TWO_BYTES.search(data):
        return max(text, data.decode(page, "replace"), key=likeness)
    return text
