"""Bytes → text: which encoding it is, judged by the characters that come out; the only module that guesses encodings.

A clean decode proves nothing: any Big5 text decodes as GB18030 without an error, into characters that nobody writes.
So valid UTF-8 is believed, and all else is decoded in each way that is possible; the one with the most common
characters wins. A charset label only breaks ties, for labels are often wrong (GB2312 stands for GBK and GB18030).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from corpus_db.errors import InputError
from corpus_db.mojibake import repaired
from corpus_db.signatures import IN_ASCII, refuse
from corpus_db.text.likeness import SURE, beyond_ascii, is_sound, likeness

_GLANCE_BYTES = 1024  # of multibyte characters, by which an encoding is judged where that is clear
_SAMPLE_BYTES = 16_384  # and where it is not
_LEAST_BYTES = 20  # of them; fewer tell less than the text around them
_CLEAR = 0.8  # a `likeness` above which nothing better need be tried
_BOMS = (  # the longer first: UTF-32 LE begins as UTF-16 LE does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
# What pages call an encoding → the codec of its superset. Source: WHATWG Encoding Standard, "Names and labels".
_LABELS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "gb18030", "x-gbk", "cp936", "ms936", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big-5", "big5-hkscs", "big5hkscs", "cp950", "x-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16-le", "unicode", "ucs-2"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be"), "utf-16-be"),
}
_MULTIBYTE_RUN = re.compile(rb"(?:[\x80-\xff][\x30-\xff]?){3,2000}")
_TEXT_CODECS = re.compile("utf-(8|16|32)|iso8859|iso2022|cp\\d|gb|big5|euc|shift_jis|koi8|mac|ascii|johab")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?([\w.:-]{2,20})""", re.IGNORECASE)


class Decoded(NamedTuple):
    """A text, the Python codec it was decoded by, and what had to be done to it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`, every character kept (a byte order mark as U+FEFF).

    `declared` is what a header said the encoding is; a label inside an HTML or XML head is found here. Bytes that
    fit no encoding become U+FFFD, with a note. Raises `InputError` for an empty or a binary file.

    >>> decode("备货节".encode("gbk"))
    Decoded(text='备货节', encoding='gb18030', notes=())
    >>> decode("電子商務平臺".encode("big5"), "gb2312").encoding
    'big5hkscs'
    """
    if not data or data.isspace():
        raise InputError("decode", "empty file", "holds no text: remove it or fill it")
    if data.startswith(_MARKS):
        return _with(data, _marked(data))
    codec = codec_of(declared)
    if b"\x00" not in data:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            pass
        else:
            if text.isascii() and (b"~{" in data or b"\x1b$" in data or data.startswith(IN_ASCII)):
                return _seven_bits(data, text)
            return _valid(text, data) if codec in (None, "utf-8") else _believed(data, text, codec)
    refuse(data)
    return _judged(data, codec or codec_of(_label(data)))


def codec_of(label: str | None) -> str | None:
    """The codec for a charset label; None for no label or an unknown one.

    >>> codec_of("GB2312"), codec_of("utf8"), codec_of("x-none")
    ('gb18030', 'utf-8', None)
    """
    if not label:
        return None
    name = label.strip().lower()
    try:
        codec = _LABELS.get(name) or codecs.lookup(name).name
    except LookupError:
        return None
    return codec if _TEXT_CODECS.match(codec) else None  # Python also has 'hex', 'zip' and the like


def encoding_of(sample: bytes) -> str:
    """The codec of a file that is too large to be held, judged by its first bytes; never raises.

    >>> encoding_of("标题,正文".encode("gbk"))
    'gb18030'
    """
    if sample.startswith(_MARKS):
        return _marked(sample)
    if b"\x00" not in sample and "�" not in codecs.getincrementaldecoder("utf-8")("replace").decode(sample):
        return "utf-8"
    return _best(sample, codec_of(_label(sample)))[0]


def _marked(data: bytes) -> str:
    """The encoding that a byte order mark says."""
    return next(encoding for mark, encoding in _BOMS if data.startswith(mark))


def _label(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, 2048)
    return match[1].decode("ascii") if match else None


def _with(data: bytes, encoding: str, notes: tuple[str, ...] = ()) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, notes)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, (*notes, f"replaced {text.count('�')} undecodable sequences"))


def _valid(text: str, data: bytes) -> Decoded:
    """Valid UTF-8, with mojibake undone."""
    fixed, cause = repaired(text, data)
    notes = (f"mojibake repaired: {cause}",) if cause else ()
    if not cause and "\ufffd" in text:
        lost = text.count("\ufffd")
        notes = (f"{lost} characters had been lost before",)
    return Decoded(fixed, "utf-8", notes)


def _believed(data: bytes, text: str, codec: str) -> Decoded:
    """Valid UTF-8 under another label: nearly always UTF-8, but a short GBK text can be valid UTF-8 by chance."""
    if len(data) < 200 and not text.isascii() and likeness(text) < SURE:
        other = _with(data, codec)
        if likeness(other.text) > likeness(text) + 0.2:
            return other
    return _valid(text, data)


def _seven_bits(data: bytes, text: str) -> Decoded:
    """ASCII that may stand for something else: HZ, in which Chinese was posted to newsgroups (RFC 1843), is undone."""
    refuse(data)
    if b"\x1b$" in data:
        detail = "ISO-2022: convert it to UTF-8 first, by iconv -f ISO-2022-CN-EXT -t UTF-8"
        raise InputError("decode", "unknown encoding", detail)
    shown = data.decode("hz", "replace")
    return Decoded(shown, "hz") if likeness(shown) > SURE else Decoded(text, "utf-8")


def _judged(data: bytes, declared: str | None) -> Decoded:
    encoding, score = _best(data, declared)
    found = _with(data, encoding)
    if score > _CLEAR and "�" not in found.text:
        return found
    patched = _line_by_line(data)
    if max(score, likeness(patched.text)) < SURE:
        return _foreign(data, encoding, declared)
    return patched if likeness(patched.text) > likeness(found.text) + 0.01 else found


def _foreign(data: bytes, encoding: str, declared: str | None) -> Decoded:
    """Text with little or no Chinese in it, a Chinese text too broken to be judged, or no text at all."""
    if b"\x00" in data:
        for name in ("utf-16-le", "utf-16-be"):
            wide = data[:_SAMPLE_BYTES].decode(name, "replace")
            if is_sound(wide) and len(beyond_ascii(wide)) * 2 < len(wide):
                return _with(data, name)
    if b"\x00" in data or len(_CONTROLS.findall(data.decode("latin-1"))) * 50 > len(data):
        raise InputError("decode", "binary file", "control characters all over: convert it to text first")
    text = data.decode("utf-8", "replace")
    faults, beyond = text.count("�"), len(beyond_ascii(text))
    if beyond > 4 * faults:
        return _line_by_line(data)
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE_BYTES]).best()
    name = declared or (best.encoding if best else None) or encoding
    return _with(data, name, (f"encoding guessed: {name}",))


def _best(data: bytes, declared: str | None) -> tuple[str, float]:
    """(codec, score) of the candidate whose characters are the most common; a few hundred nearly always settle it."""
    best, score = "utf-8", 0.0
    for size in (_GLANCE_BYTES, _SAMPLE_BYTES):
        scores = _scores(data, size, declared)
        (score, best), (second, _) = sorted(((score, name) for name, score in scores.items()), reverse=True)[:2]
        if score > _CLEAR and score - second > 0.2:
            break
    return best, score


def _scores(data: bytes, size: int, declared: str | None) -> dict[str, float]:
    """Score of each candidate by `size` bytes of `data`; multibyte ones by runs of them, past the tags of a page."""
    sample = _dense(data, size) if b"\x00" not in data else b""
    if len(sample) < _LEAST_BYTES:
        sample = data[:size]
    names = dict.fromkeys(("utf-8", "gb18030", "big5hkscs", declared or "utf-8"))
    scores = {name: likeness(sample.decode(name, "replace")) for name in names if not name.startswith("utf-16")}
    if b"\x00" in data[:size] or max(scores.values()) < SURE:
        for name in ("utf-16-le", "utf-16-be"):
            scores[name] = likeness(data[: min(size, len(data)) & ~1].decode(name, "replace"))
    if declared in scores:
        scores[declared] += 0.05  # less than what separates right from wrong in any text of ten characters
    return scores


def _dense(data: bytes, size: int) -> bytes:
    """Runs of multibyte characters from the beginning of `data`, about `size` bytes in all."""
    found, length = [], 0
    for run in _MULTIBYTE_RUN.finditer(data):
        found.append(run[0])
        length += len(run[0]) + 1
        if length >= size:
            break
    return b"\n".join(found)


def _line_by_line(data: bytes) -> Decoded:
    """Damaged UTF-8, or a file pasted together from UTF-8 and one other encoding: each line in its best reading."""
    lines = data.splitlines(keepends=True)
    strange = b"".join(line for line in lines if not _is_utf8(line))[:_SAMPLE_BYTES]
    other = max(("gb18030", "big5hkscs"), key=lambda name: likeness(strange.decode(name, "replace")))
    least = 1 if _is_chinese(strange.decode(other, "replace"), 10) else 4
    readings = [_reading(line, other, least) for line in lines]
    text = "".join(reading for reading, _ in readings)
    moved = sum(changed for _, changed in readings)
    notes = [f"mixed encodings: {moved} lines read as {other}"] if moved else []
    if "�" in text:
        notes.append(f"replaced {text.count('�')} undecodable sequences")
    return Decoded(text, "utf-8", tuple(notes))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _reading(line: bytes, other: str, least: int) -> tuple[str, bool]:
    """A line as text, and whether part of it was read as `other`: only where that gives at least `least` characters of
    plain Chinese, for stray bytes and a cut last character are more common than pasted text."""
    try:
        return line.decode(), False
    except UnicodeDecodeError as error:
        head, tail = line[: error.start].decode(), line[error.start :]
    tail_read = tail.decode(other, "replace")
    readings = [line.decode("utf-8", "replace")]
    if _is_chinese(tail_read, least) and likeness(tail_read) > likeness(tail.decode("utf-8", "replace")):
        readings.append(head + tail_read)
    if _is_chinese(wholly := line.decode(other, "replace"), least):
        readings.append(wholly)
    best = max(readings, key=likeness)
    return best, best is not readings[0]


def _is_chinese(text: str, least: int) -> bool:
    return likeness(text) > SURE and len(beyond_ascii(text)) >= least
