"""Text to quotations: what is said, by whom, with which verb.

Speech stands between quotation marks and is told from titles, slogans and scare quotes by what is around it: a colon, a
verb of saying and a comma, a speaker after it, or a full sentence inside. Without marks it follows a colon that a name
or a verb of saying stands before. The speaker is the subject of that verb; where that is a pronoun or not said, the
last person who was a subject in the paragraph (or, for a pronoun, in the paragraph before).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.evidence import Mention
from corpus_db.records import Quote

_MARKED = re.compile(r"“[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*”|「[^「」\n]*」|『[^『』\n]*』|\"[^\"\n]*\"")
_COLON = re.compile(r"[：:](?=[^\s：:“\"「『\d/\\)）][^：:\n“\"「]{4})")
_STOP = re.compile(r"[。！？!?\n][”」』\"]?")
_STOPS = re.compile(r"[。！？!?\n]")
_MARKS = re.compile(r"[。！？!?\n“”，,：:；;]")
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<!\.)\.(?!\w)|$")
_FULL = re.compile(r"[。！？!?…~]$")
_NOUN = re.compile(r"(?:的|一[条番个句段份封篇])[^，,；;]{0,5}$")
_UNCLOSED = re.compile(r"[（(][^（()）\n]{0,20}$")
_CLAUSE = re.compile(r"[，,；;、]")
_PRONOUN = re.compile(r"(?:^|[^其])(他们|她们|他|她|前者|后者|对方)(?!人)")
_NICKNAMED = re.compile(r"[小老阿][\u4e00-\u9fff]{1,2}")
_VAGUE = re.compile(r"有人|我|你|这|那|什么|谁|让人|令人")
_WINDOW = 90  # characters before a quotation in which its speaker is looked for
_AFTER = 40  # characters after it in which the speaker's verb stands
_ADVERB = 3  # characters that may stand between a subject or the sentence's end and the verb
_REST = 10  # characters that may stand between the verb and a colon
_SENTENCE = 9  # characters from which a quotation without an end mark is speech where a speaker follows
_HEADING = ("图源", "来源", "图片", "编辑", "责编", "标题", "题为", "口号", "关键词", "主题")
_SHORT = 6  # characters; a shorter quotation without an end mark is a name or a scare quote


class _Speaker(NamedTuple):
    name: str | None
    verb: str | None


def find(text: str, people: Sequence[Mention]) -> list[Quote]:
    """The quotations of `text`, by position; `people` are the names known in it, by position.

    >>> find("“要做好服务。”韦思远说。", [Mention(8, "韦思远", "韦思远", "person")])
    [Quote(start=1, speaker='韦思远', verb='说', text='要做好服务。', direct=True)]
    """
    reader = _Reader(text, [name for name in people if name.kind in ("person", "organisation")])
    said: dict[str, Quote] = {}
    quotes = []
    for quote in sorted([*reader.marked(), *reader.unmarked()]):
        # A caption repeats, without a verb, what the text quotes with its speaker.
        first = said.setdefault(quote.text, quote)
        quotes.append(quote if quote.verb else quote._replace(speaker=first.speaker or quote.speaker, verb=first.verb))
    return quotes


class _Reader:
    """One text and the names in it."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        self.names = sorted(names)
        self.starts = [name.start for name in self.names]
        self.marks = [match.span() for match in _MARKED.finditer(text)]

    def marked(self) -> Iterator[Quote]:
        for start, end in self.marks:
            inner = self.text[start + 1 : end - 1].strip()
            if not inner:
                continue
            speaker = self._speaker(start, end, inner)
            if speaker is not None:
                yield Quote(self.text.index(inner, start + 1), speaker.name, speaker.verb, inner, True)

    def unmarked(self) -> Iterator[Quote]:
        """韦思远：干累活是我的长处。"""
        inside = 0
        for match in _COLON.finditer(self.text):
            colon = match.start()
            while inside < len(self.marks) and self.marks[inside][1] <= colon:
                inside += 1
            if inside < len(self.marks) and self.marks[inside][0] < colon:
                continue
            if _UNCLOSED.search(self.text, max(0, colon - _WINDOW), colon) or self.text.endswith(_HEADING, 0, colon):
                continue
            speaker = self._named_before_colon(colon)
            if speaker is not None:
                start = colon + 1
                closing = _SENTENCE_END.search(self.text, start)
                end = closing.end() if closing else len(self.text)
                said = self.text[start:end].strip()
                if len(said) >= _SHORT:
                    yield Quote(self.text.index(said, start), speaker.name, speaker.verb, said, False)

    def _speaker(self, start: int, end: int, inner: str) -> _Speaker | None:
        """Who says what stands in the marks start … end; None where nobody says it."""
        before = self.text[max(0, start - 1) : start]
        full = bool(_FULL.search(inner))
        after = self._after(end)
        if before and before in "：:":
            if not self._ends_clause(end, inner) or self.text.endswith(_HEADING, 0, start - 1):
                return None
            speaker = self._before(start - 1)
            if speaker.verb is None and after and after.name:
                return after
            return speaker if full or len(inner) >= _SHORT or speaker.verb else None
        if after and (full or inner[-1] in "，,；;—" or len(inner) >= _SENTENCE):
            return after
        if before and before in "，," and self._ends_clause(end, inner) and (full or len(inner) > _SHORT):
            return self._before_comma(start - 1)
        if full and len(inner) > _SHORT and (not before or before in "。！？!?\n”… 　"):
            return _Speaker(self._alone(start, end), None)
        return None

    def _alone(self, start: int, end: int) -> str | None:
        """The speaker of a sentence that nothing says is speech but its marks."""
        rest = _STOPS.split(self.text[end : end + _AFTER], maxsplit=1)[0]
        name = self._name_between(end, end + 1)
        if name is not None and name.kind == "person":
            return name.raw
        if rest and not _PRONOUN.search(rest):
            return None
        return self._subject(start, pronoun=True)

    def _ends_clause(self, end: int, inner: str) -> bool:
        following = self.text[end : end + 1]
        return not following or following in "，。；！？,;!?\n" or (bool(_FULL.search(inner)) and following not in "的")

    def _after(self, end: int) -> _Speaker | None:
        """”韦思远说 / ”，他说 / ”一位负责人介绍: a speaker and a verb right after the closing mark."""
        start = end + (self.text[end : end + 1] in ("，", ","))
        clause = _MARKS.split(self.text[start : start + _AFTER], maxsplit=1)[0]
        verb = _verbs().search(clause)
        if not verb:
            return None
        name = self._last_subject(start, start + verb.start())
        if name:
            return _Speaker(name, verb[0])
        subject = clause[: verb.start()]
        if _PRONOUN.match(subject):
            return _Speaker(self._subject(end, pronoun=True), verb[0])
        described = _described(subject)
        if described:
            return _Speaker(described, verb[0])
        return _Speaker(None, verb[0]) if verb.end() == len(clause) and subject else None

    def _before(self, colon: int) -> _Speaker:
        """The speaker in the sentence that leads to the colon at `colon`."""
        opening = self._sentence_start(colon)
        sentence = self.text[opening:colon]
        verb = _last_verb(sentence)
        if verb is None:
            name = self._last_subject(opening, colon)
            return _Speaker(name or self._by_pronoun(sentence, opening), None)
        clause = max((match.end() for match in _CLAUSE.finditer(sentence, 0, verb.start())), default=0)
        name = self._subject_of(opening, clause, verb)
        if name is None:
            name = self._last_subject(opening, opening + clause) or self._by_pronoun(sentence, opening)
        if name is None and len(sentence[clause : verb.start()].strip()) <= _ADVERB:
            name = self._subject(opening, pronoun=False)
        return _Speaker(name, verb[0])

    def _before_comma(self, comma: int) -> _Speaker | None:
        """The speaker of 某人记得，“…”, and of 某人总结，前几年难，“…”: the verb has its subject beside it."""
        opening = self._sentence_start(comma)
        sentence = self.text[opening:comma]
        verb = _last_verb(sentence)
        if verb is None or sentence.endswith(("标题", "口号", "名字")):
            return None
        clause = max((match.end() for match in _CLAUSE.finditer(sentence, 0, verb.start())), default=0)
        name = self._subject_of(opening, clause, verb)
        if name is None or not (verb.end() >= len(sentence) - _ADVERB or _CLAUSE.match(sentence, verb.end())):
            return None
        return _Speaker(name, verb[0])

    def _subject_of(self, opening: int, clause: int, verb: re.Match[str]) -> str | None:
        """Who the clause that begins at `clause` of a sentence names as subject of its verb."""
        sentence = verb.string
        name = self._last_subject(opening + clause, opening + verb.start())
        if name is None and (subject := _PRONOUN.search(sentence, clause, verb.start())):
            name = self._subject(opening + subject.start(), pronoun=True)
        return name or _described(sentence[clause : verb.start()])

    def _by_pronoun(self, sentence: str, opening: int) -> str | None:
        return self._subject(opening, pronoun=True) if _PRONOUN.search(sentence) else None

    def _named_before_colon(self, colon: int) -> _Speaker | None:
        opening = self._sentence_start(colon)
        sentence = self.text[opening:colon]
        clause = opening + max((match.end() for match in _CLAUSE.finditer(sentence)), default=0)
        name = self._name_between(clause, colon)
        ends_at_colon = self._name_ending(colon)
        if ends_at_colon is not None:
            return _Speaker(ends_at_colon.raw, None)
        verb = next((match for match in _strict_verbs().finditer(self.text, clause, colon)), None)
        if verb is None:
            noun = name is not None and name.kind == "person" and sentence.endswith(cues.words("speech_noun"))
            return _Speaker(name.raw, None) if name is not None and noun else None
        rest = self.text[verb.end() : colon]
        if (len(rest) > _REST or "的" in rest) and not rest.endswith(("是", "为")):
            return None
        said = self._last_subject(clause, verb.start())
        if said is None and _PRONOUN.search(self.text, clause, verb.start()):
            said = self._subject(clause, pronoun=True)
        return _Speaker(said, verb[0]) if said else None

    def _sentence_start(self, at: int) -> int:
        low = max(0, at - _WINDOW)
        return max((match.end() for match in _STOP.finditer(self.text, low, at)), default=low)

    def _between(self, low: int, high: int) -> Sequence[Mention]:
        return self.names[bisect_left(self.starts, low) : bisect_left(self.starts, high)]

    def _name_between(self, low: int, high: int) -> Mention | None:
        names = self._between(low, high)
        return next((name for name in names if name.kind == "person"), names[0] if names else None)

    def _name_ending(self, at: int) -> Mention | None:
        found = [
            name for name in self._between(at - 12, at) if name.start + len(name.raw) == at and name.kind == "person"
        ]
        return found[0] if found else None

    def _last_subject(self, low: int, high: int) -> str | None:
        """The last person named between `low` and `high` to whom nothing is said and to whom nothing belongs."""
        names = [name for name in self._between(low, high) if name.start + len(name.raw) <= high]
        people = [name for name in names if name.kind == "person"]
        for name in reversed(people):
            if not self._is_object(name, low) and not self._owns(name, high):
                return name.raw
        if people:
            return people[0].raw
        organisations = [name for name in names if name.start + len(name.raw) >= high - 2]
        return organisations[-1].raw if organisations else None

    def _is_object(self, name: Mention, low: int) -> bool:
        return self.text[max(low, name.start - 2) : name.start].endswith(cues.words("object_marker"))

    def _owns(self, name: Mention, high: int) -> bool:
        end = name.start + len(name.raw)
        return end < high and self.text[end] in "的等"

    def _subject(self, at: int, *, pronoun: bool) -> str | None:
        """The last person before `at` who was a subject, in this paragraph or, for a pronoun, the one before."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        found = self._recent(paragraph, at)
        if found is None and pronoun and paragraph:
            found = self._recent(self.text.rfind("\n", 0, paragraph - 1) + 1, paragraph)
        return found

    def _recent(self, low: int, high: int) -> str | None:
        people = [name for name in self._between(max(low, high - 600), high) if name.kind == "person"]
        for name in reversed(people):
            if not self._is_object(name, low) and not self._owns(name, high):
                return name.raw
        return people[-1].raw if people else None


def _last_verb(sentence: str) -> re.Match[str] | None:
    """The last verb of saying of a sentence that is not a noun there (一番讲话, 自动的提醒)."""
    verbs = [verb for verb in _verbs().finditer(sentence) if not _is_noun(sentence, verb)]
    return verbs[-1] if verbs else None


def _is_noun(sentence: str, verb: re.Match[str]) -> bool:
    owner = _NOUN.search(sentence, 0, verb.start())
    return owner is not None and not owner[0].endswith(cues.words("said_person"))


def _described(phrase: str) -> str | None:
    """A speaker who is only described: 据不愿透露姓名的内部人士 → 内部人士."""
    words = re.sub(r"^(?:据|但|而|对此|随后|当时|此前|一位|一名|还|有|该)+", "", phrase)
    words = re.sub(
        r"(?:也|还|则|曾|就|都|已|便|直接|笑着|这样|如此|一致|纷纷|感动地|激动地|高兴地|向.{1,8}|对.{1,8}|在.{1,12})+$",
        "",
        words,
    )
    words = words.rpartition("的")[2]
    if _NICKNAMED.fullmatch(words):
        return words
    vague = _VAGUE.search(words)
    return words if 2 <= len(words) <= 12 and words.endswith(cues.words("said_person")) and not vague else None


@cache
def _verbs() -> re.Pattern[str]:
    return _pattern(set(cues.words("speech")))


@cache
def _strict_verbs() -> re.Pattern[str]:
    return _pattern(set(cues.words("speech")) - cues.word_set("weak_speech"))


def _pattern(verbs: set[str]) -> re.Pattern[str]:
    """Any of the verbs; the short ones not inside words that contain them (小说, 名称, 问题, 第一道)."""
    long, short = (
        "|".join(sorted((verb for verb in verbs if (len(verb) > 1) == wanted), key=lambda verb: (-len(verb), verb)))
        for wanted in (True, False)
    )
    return re.compile(
        rf"(?:{long})|(?<![《人小学传据名职俗简谦堪号演听一第这那几知报街频轨渠味])(?:{short})(?![主题法明号谓赞辞课座堂话价判论客情中路理具])"
    )
