"""Who says a quotation: the subject of its verb of saying, or where that is a pronoun or not said, the last one before.

The verb stands behind the quotation, before a colon or a comma that leads to it; `subjects` says who its subject is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.foreign_names import foreign_chars
from corpus_db.analysis.speech import (
    described_speaker,
    first_verb,
    is_transliterated,
    last_verb,
    long_verbs,
    strict_verbs,
    verbs,
)
from corpus_db.analysis.subjects import PRONOUN, Subjects

HEADING = ("图源", "来源", "图片", "编辑", "责编", "标题", "题为", "口号", "关键词", "主题")  # no speakers
_TITLE = ("为题", "为主题", "为口号", "为名", "字样", "的字样")  # behind what is quoted and not said
_FULL = frozenset("。！？!?…~")  # ends a full sentence
# The last end of a sentence, or gap of spaces; and the last end of a clause: looked for from behind.
_UP_TO_STOP = re.compile(r".*(?:[。！？!?\n][”」』\"]?|[ \u3000]{2,})", re.DOTALL)
_UP_TO_CLAUSE = re.compile(r".*[，,；;、]", re.DOTALL)
_GAP = re.compile(r"\s{2}|\n")  # between paragraphs
_STOPS = re.compile(r"[。！？!?\n]")
_MARKS = re.compile(r"[。！？!?\n“”，,：:；;【】]")
_CLAUSE_ENDS = "，,；;、"
# A message comes from someone else than the subject of the sentence; what is overheard, from nobody in particular.
_RECEIVED = re.compile(r"来自|收到|接到|传来|看到|听到|听见|发来|备注")
_OVERHEARD = re.compile(r"听到|听见|传来|有人|收到|接到|发来|写着|显示")
# 8月10日，杏子铺镇镇长…说: what may stand between a quotation and the clause that names its speaker
_WHEN = re.compile(r"[^，,。]{0,12}(?:日|时|中|后|前|际|天|晚|近日|期间)")
_WHEN_ASKED = re.compile("当(?![事局地年])")  # 当记者问他时
# What may stand before a verb whose subject is that of the sentence before.
_ELLIPTIC = re.compile(
    r"\s*(?:[也还则又并且便就再曾都已却而更]|随后|接着|继续|进一步|同时|另外|此外|首先|最后|这样|如此|.{1,3}地|.{1,2}着){0,3}\s*"
)
# Who is told: 告诉本报记者，“…”
_LISTENER = re.compile(r"(?<=告诉)[^，。、：；]{0,10}(?:记者|媒体|大家|[你我他她]们?)\Z")
_REPORTED = ("报道", "讯", "电")  # by whom it is written, not said
_WINDOW = 90  # characters before a quotation in which its speaker is looked for
_AFTER = 40  # characters after it in which the speaker's verb stands
_ADVERB = 3  # characters that may stand between a subject or the sentence's end and the verb
_VERB = 6  # characters of the longest verb of saying, and some before it
_REST = 10  # characters that may stand between the verb and a colon
_SENTENCE = 9  # characters from which a quotation without an end mark is speech where a speaker follows
_SHORT = 6  # characters; a shorter quotation without an end mark is a name or a scare quote


class Speaker(NamedTuple):
    """Who says a quotation, as the text has it, and by which verb; None: not said."""

    name: str | None
    verb: str | None


class Speakers:
    """The speakers of one text's quotations."""

    def __init__(self, text: str, people: Sequence[Mention]) -> None:
        self.text = text
        self.subjects = Subjects(text, people)

    def of_marked(self, start: int, end: int, inner: str) -> Speaker | None:
        """Who says `inner`, which stands in the marks start … end; None where nobody says it."""
        if self.text.startswith(_TITLE, end):
            return None
        before = self.text[start - 1] if start else "\n"
        full = inner[-1] in _FULL
        if before in "：:":
            return self._led_by_colon(start - 1, end, inner)
        comma = before in "，,"
        open_end = full or inner[-1] in "，,；;—"
        if open_end and len(inner) > _SHORT and before.isalpha() and self._says(start):  # 民警介绍道“…”
            return self._led_by_colon(start, end, inner)
        led = self._before_comma(start - 1, far=len(inner) >= _SENTENCE) if full and comma else None
        if led and self._leads(led, start - 1):
            return led  # 李文迪说，“…”孙毅则表示: the first
        if open_end or len(inner) >= _SENTENCE:
            after = self._after(end, later=not comma)
            first = self._before_comma(start - 1, far=False) if after and comma and not full else None
            if first and first.name and self._leads(first, start - 1):
                return first
            # “清朗”专项行动要求: a name of what follows it
            if after and (open_end or after.name or self.text[end : end + 1] in "，,"):
                return after
        if comma and (full or len(inner) > _SHORT) and self._ends_clause(end, inner):
            return led if full else self._before_comma(start - 1, far=False)
        whole = full or self._goes_on(start, end, inner)
        if whole and len(inner) > _SHORT and before in "。！？!?\n”… 　\t\xa0）)":
            return Speaker(self._alone(start, end), None)
        return None

    def _goes_on(self, start: int, end: int, inner: str) -> bool:
        """他表示很难过。“我会专注打好每一个球”。: whether a sentence whose mark stands behind it goes on with what is said."""
        if len(inner) < _SENTENCE or self.text[start - 1] == "”" or self.text[end : end + 1] not in _FULL:
            return False
        return verbs().search(self.text, self._sentence_start(start - 1), start - 1) is not None

    def _led_by_colon(self, colon: int, end: int, inner: str) -> Speaker | None:
        if not self._ends_clause(end, inner) or self.text.endswith(HEADING, 0, colon):
            return None
        speaker = self._before(colon)
        if speaker.verb is None and (after := self._after(end, later=False)) and after.name:
            return after
        return speaker if inner[-1] in _FULL or len(inner) >= _SHORT or speaker.verb else None

    def _alone(self, start: int, end: int) -> str | None:
        """The speaker of a sentence that nothing says is speech but its marks."""
        rest = "" if _GAP.match(self.text, end) else self._up_to(_STOPS, end)
        name = self.subjects.name_between(end, end + 1)
        if name is not None and name.kind == "person":
            verb = verbs().search(rest, len(name.raw))
            if verb and rest[verb.end() : verb.end() + 1] not in tuple("：:"):  # that leads to another quotation
                return self.subjects.last_subject(end, end + verb.start())
            return None if self.subjects.owns(name, end + len(rest)) else name.raw
        subject = self.subjects.pronoun(end, end + len(rest))
        if rest and (subject is None or self.subjects.name_between(end, subject)):
            return None
        before = self._sentence_start(start - 1)
        return None if _OVERHEARD.search(self.text, before, start) else self.subjects.before(start, pronoun=True)

    def _ends_clause(self, end: int, inner: str) -> bool:
        following = self.text[end : end + 1]
        return not following or following in "，。；！？,;!?\n" or (inner[-1] in _FULL and following != "的")

    def _after(self, end: int, *, later: bool) -> Speaker | None:
        """”韦思远说 / ”，他说 / ”一位负责人介绍: a speaker and a verb right after the closing mark; `later`: or behind
        the words that say when.
        """
        if _GAP.match(self.text, end):
            return None
        start = end + (self.text[end : end + 1] in ("，", ","))
        clause = self._up_to(_MARKS, start)
        verb = None if _WHEN_ASKED.match(clause) else first_verb(clause)
        if (
            later
            and verb is None
            and _WHEN.fullmatch(clause)
            and self.text.startswith(("，", ","), start + len(clause))
        ):
            start += len(clause) + 1
            clause = self._up_to(_MARKS, start)
            verb = first_verb(clause)
            said = verb and (
                self.subjects.last_subject(start, start + verb.start()) or described_speaker(clause[: verb.start()])
            )
            if not said:
                return None
        if not verb:
            return None
        name = self.subjects.last_subject(start, start + verb.start())
        if name:
            return Speaker(name, verb[0])
        subject = clause[: verb.start()]
        if PRONOUN.match(subject):
            return Speaker(self.subjects.before(end, pronoun=True), verb[0])
        described = described_speaker(subject)
        goes_on = clause[verb.end() : verb.end() + 1] in foreign_chars()  # 苏门答腊 is no answer of 苏门
        if described and not (goes_on and is_transliterated(described)):
            return Speaker(described, verb[0])
        return Speaker(None, verb[0]) if verb.end() == len(clause) and subject else None

    def _before(self, colon: int) -> Speaker:
        """The speaker in the sentence that leads to the colon at `colon`."""
        opening = self._sentence_start(colon)
        sentence = self.text[opening:colon]
        verb = last_verb(sentence)
        if verb is None:
            received = max((match.end() for match in _RECEIVED.finditer(sentence)), default=0)
            if received:
                return Speaker(self._sender(opening + received, colon), None)
            if sentence.endswith(_REPORTED):
                return Speaker(None, None)
            name = self.subjects.last_subject(opening, colon)
            return Speaker(name or self._by_pronoun(sentence, opening), None)
        clause = _clause_start(sentence, verb.start())
        name = self._subject_of(opening, clause, verb)
        if name is None:
            name = self.subjects.last_subject(opening, opening + clause) or self._by_pronoun(sentence, opening)
        if name is None and _ELLIPTIC.fullmatch(sentence, clause, verb.start()):
            name = self.subjects.before(opening, pronoun=False)
        return Speaker(name, verb[0])

    def _sender(self, start: int, colon: int) -> str | None:
        """来自果农小棠的一条提醒: who is named between what says that something came, and the colon."""
        owner, of, _ = self.text[start:colon].rpartition("的")
        return self.subjects.last_subject(start, colon) or (described_speaker(owner) if of else None)

    def _says(self, at: int) -> bool:
        """Whether a verb of saying that no list follows ends at `at`."""
        verb = last_verb(self.text[max(0, at - _VERB) : at])
        return verb is not None and verb.end() == min(at, _VERB) and verb[0] not in cues.word_set("weak_speech")

    def _leads(self, led: Speaker, comma: int) -> bool:
        """Whether the verb of saying stands right before the comma that leads to a quotation, or only its listener does
        between them.
        """
        up_to_verb = _LISTENER.sub("", self.text[max(0, comma - _WINDOW) : comma])
        return up_to_verb.endswith(led.verb or "\n") and (led.name is not None or self._says(comma))

    def _before_comma(self, comma: int, *, far: bool) -> Speaker | None:
        """The speaker of 某人记得，“…”, and of 某人总结，前几年难，“…”: the verb has its subject beside it; `far`: or it
        stands anywhere before in the sentence (某人表示很难过，“…”).
        """
        opening = self._sentence_start(comma)
        sentence = _LISTENER.sub("", self.text[opening:comma])
        verb = last_verb(sentence)
        if verb is None or sentence.endswith(("标题", "口号", "名字")):
            return None
        clause = _clause_start(sentence, verb.start())
        name = self._subject_of(opening, clause, verb)
        if name is None:
            return Speaker(None, verb[0]) if verb.end() == len(sentence) and self._says(comma) else None
        beside = verb.end() >= len(sentence) - _ADVERB or sentence[verb.end()] in _CLAUSE_ENDS
        return Speaker(name, verb[0]) if far or beside else None

    def _subject_of(self, opening: int, clause: int, verb: re.Match[str]) -> str | None:
        """Who the clause that begins at `clause` of a sentence names as subject of its verb."""
        sentence = verb.string
        name = self.subjects.last_subject(opening + clause, opening + verb.start())
        if name is None and (subject := self.subjects.pronoun(opening + clause, opening + verb.start())) is not None:
            name = self.subjects.before(subject, pronoun=True)
        return name or described_speaker(sentence[clause : verb.start()])

    def _by_pronoun(self, sentence: str, opening: int) -> str | None:
        subject = self.subjects.pronoun(opening, opening + len(sentence))
        return None if subject is None else self.subjects.before(opening, pronoun=True)

    def before_colon(self, colon: int) -> Speaker | None:
        """Who says what follows a colon without marks; None where nobody does: a list, a heading."""
        opening = self._sentence_start(colon)
        sentence = self.text[opening:colon]
        clause = opening + _clause_start(sentence, len(sentence))
        name = self.subjects.name_between(clause, colon)
        ends_at_colon = self.subjects.name_ending(colon)
        if ends_at_colon is not None:
            return None if self._is_told(ends_at_colon) else Speaker(ends_at_colon.raw, None)
        verb = strict_verbs().search(self.text, clause, colon)
        if verb is None:
            noun = name is not None and name.kind == "person" and sentence.endswith(cues.words("speech_noun"))
            own = noun and name is not None and "据" not in self.text[name.start : colon]  # 据警方消息: the police's
            return Speaker(name.raw, None) if name is not None and own else None
        rest = self.text[verb.end() : colon]
        if (len(rest) > _REST or "的" in rest) and not rest.endswith(("是", "为")):
            return None
        said = self.subjects.last_subject(clause, verb.start())
        if said is None and self.subjects.pronoun(clause, verb.start()) is not None:
            said = self.subjects.before(clause, pronoun=True)
        return Speaker(said, verb[0]) if said else None

    def _is_told(self, name: Mention) -> bool:
        """警察喊话韦思远：…, 来源：韦思远：…: someone speaks to or of the person before the colon."""
        start = name.start
        heading = self.text.endswith(HEADING, 0, start - 1) and self.text[start - 1 : start] in "：:"
        return heading or self.subjects.is_object(name, 0) or self.text.endswith(long_verbs(), 0, start)

    def _up_to(self, mark: re.Pattern[str], start: int) -> str:
        """The words from `start` on that come before a mark."""
        stop = mark.search(self.text, start, start + _AFTER)
        return self.text[start : stop.start() if stop else start + _AFTER]

    def _sentence_start(self, at: int) -> int:
        low = max(0, at - _WINDOW)
        stop = _UP_TO_STOP.match(self.text, low, at)
        return stop.end() if stop else low


def _clause_start(sentence: str, end: int) -> int:
    """Where the clause begins that goes on until `end`."""
    ended = _UP_TO_CLAUSE.match(sentence, 0, end)
    return ended.end() if ended else 0
