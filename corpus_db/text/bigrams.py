"""Character pairs: the tokens by which every substring is found, whatever the word boundaries.

The stream of a folded text has one token per character of a run of Han (kana, hangul …) and one per Latin word or
number, so that positions are linear and a phrase of tokens is a substring of the text:

- a run of Han ``c1 … cn`` gives ``c1c2 c2c3 … c(n-1)cn cn``: the last character stands alone, which ends the run;
- a Latin word, or a number with its decimal point, is one token: ``b2b``, ``41.9``;
- a symbol that touches a Latin word or number is a token of its own, ``c + +``, ``1688 . com``, and so keeps apart what
  it parts in the text; a space between Han and Latin is the token ``_`` for the same reason;
- everything else (punctuation between Han, line ends) leaves no token: the lone last character parts the runs.

>>> bigram_stream("阿里b2b平台")
'阿里 里 b2b 平台 台'
>>> bigram_stream("达41.9亿元，超c++")
'达 41.9 亿元 元 超 c + +'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# Scripts written without spaces: Han with extensions, 々〇, kana, bopomofo, hangul.
CJK = "\u3005\u3007\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
_LATIN = rf"(?:(?![_{CJK}])\w)"
_WORD = rf"\d+(?:\.\d+)+|[a-z]+(?=\d+\.\d)|{_LATIN}+"  # a decimal number is whole beside letters: v | 2.0, 2.4 | l
_MAX_SYMBOLS = 4  # of one run of symbols, the two at either end stand for all of them
_TOKEN = re.compile(rf"(?P<han>[{CJK}]+)|(?P<word>{_WORD})|(?P<gap>[^\w{CJK}\n]+|_+)|\n+")
_HAN = re.compile(f"[{CJK}]")
# What the tokenizer of the index takes for the space between tokens: ASCII that is neither a letter, a digit nor in its list.
_TOKEN_CHARS = r"!#$%&()*+,-./:;<=>?@[\]^_{|}~"
SEPARATORS = frozenset(char for char in map(chr, range(0x80)) if not char.isalnum() and char not in _TOKEN_CHARS)
_QUOTE = str.maketrans({'"': "”"})  # the index holds no ASCII quotation mark: it would end an FTS5 string


class Token:
    """Kinds of token in a stream, as `tokens` names them."""

    HAN, WORD, SYMBOL = "han", "word", "symbol"


def tokens(folded: str) -> list[tuple[str, str]]:
    """(kind, text) of each run of Han, word and kept symbol of a folded text, in order.

    >>> tokens("b2b 平台,好")
    [('word', 'b2b'), ('symbol', '_'), ('han', '平台'), ('han', '好')]
    """
    found: list[tuple[str, str]] = []
    gap = None  # the symbols since the last token, if nothing but a line end can still make them count
    last = ""
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup
        if kind == "gap":
            gap = match[0]
            if last == Token.WORD:
                _keep(found, gap, _is_han(folded[match.end() : match.end() + 1]))
                gap = None
            continue
        if kind is None:
            gap, last = None, ""
            continue
        if gap is not None and kind == Token.WORD:
            _keep(found, gap, last == Token.HAN)
        found.append((kind, match[0]))
        gap, last = None, kind
    return found


def _keep(found: list[tuple[str, str]], gap: str, beside_han: bool) -> None:
    symbols = "".join(gap.split()).translate(_QUOTE)
    if symbols:
        if len(symbols) > _MAX_SYMBOLS:
            symbols = symbols[:2] + symbols[-2:]
        found.extend((Token.SYMBOL, symbol) for symbol in symbols)
    elif beside_han:
        found.append((Token.SYMBOL, "_"))


def _is_han(char: str) -> bool:
    return bool(_HAN.match(char))


def bigram_stream(folded: str) -> str:
    """The tokens of a folded text, joined by spaces: a bigram column of `articles_fts`."""
    return " ".join(_stream(tokens(folded)))


def _stream(found: Iterable[tuple[str, str]]) -> list[str]:
    """Runs of Han as pairs and their last character, all else as it is."""
    parts: list[str] = []
    for kind, text in found:
        if kind == Token.HAN:
            parts += map(str.__add__, text, text[1:])
            parts.append(text[-1])
        else:
            parts.append(text)
    return parts


def phrase(folded: str, *, prefix: bool = False) -> str | None:
    """The FTS5 phrase that finds exactly the texts whose fold contains `folded`; None if it holds nothing to find.

    A query ends inside the text's run: its last Han character is covered by the pair before it, or, alone, by a
    prefix. `prefix` lets a last Latin word or number be the beginning of one.

    >>> phrase("电商平台"), phrase("商"), phrase("b2b平")
    ('"电商 商平 平台"', '"商" *', '"b2b 平" *')
    >>> phrase("b2b平台"), phrase("平台b2b"), phrase("taob", prefix=True)
    ('"b2b 平台"', '"平台 台 b2b"', '"taob" *')
    """
    found = tokens(folded)
    while found and found[-1][1] == "_":
        found.pop()
    while found and found[0][1] == "_":
        found.pop(0)
    if not found:
        return None
    parts, (kind, text) = _stream(found), found[-1]
    if kind == Token.HAN and len(text) > 1:
        parts.pop()
        may_go_on = False
    else:
        may_go_on = kind == Token.HAN or (prefix and kind == Token.WORD)
    return '"' + " ".join(parts) + '"' + (" *" if may_go_on else "")


# Kinds of character that the rules above tell apart, as plain SQL needs them: the table `char_kinds`.
_KIND = re.compile(rf"(?P<H>[{CJK}]+)|(?P<D>\d+)|(?P<A>[a-z]+)|(?P<L>{_LATIN}+)|(?P<N>\n)|(?P<S>[^\S\n]+)|[.,_]")
_PLANES = 0x32400  # no letters, digits or spaces stand above


@cache
def char_kinds() -> list[tuple[int, int, str]]:
    """(first, last, kind) of each range of code points: the table `char_kinds`.

    Kinds are H Han and the like, D digit, A the letters a to z, L any other letter or numeral, N line feed, S space,
    and ``.``, ``,`` and ``_`` themselves; what is in no range is a symbol.

    >>> [kind for first, last, kind in char_kinds() if first <= ord("a") <= last]
    ['A']
    """
    surrogates = "$" * 0x800
    chars = "".join(map(chr, range(0xD800))) + surrogates + "".join(map(chr, range(0xE000, _PLANES)))
    return [(m.start(), m.end() - 1, m.lastgroup or m[0]) for m in _KIND.finditer(chars)]
