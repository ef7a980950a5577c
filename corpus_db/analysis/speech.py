"""The words of saying: which verb says that something is said, and who says it where no name does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.foreign_names import foreign_chars
from corpus_db.analysis.word_classes import is_common

_LEADING = re.compile(r"^(?:据|但|而|对此|随后|当时|此前|一位|一名|还|有|该)+")
_TRAILING = re.compile(
    r"(?:也|还|则|曾|就|都|已|便|直接|笑着|这样|如此|一致|纷纷|感动地|激动地|高兴地|[向对].{1,8}|在.{1,12})$"
)
_NOUN = re.compile(r"(?:的|一[条番个句段份封篇])[^，,；;]{0,5}\Z")
_NICKNAMED = re.compile(r"[小老阿][\u4e00-\u9fff]{1,2}")
_OF_A_ROLE = re.compile(r"(?<=[人者员家师长友民生])[小老阿][\u4e00-\u9fff]\Z")
_VAGUE = re.compile(r"有人|大家|^[让使令]|我|你|这|那|什么|谁|让人|令人")


def first_verb(clause: str) -> re.Match[str] | None:
    """The first verb of saying of a clause that is not a noun there (从丈夫的讲述中)."""
    return next((verb for verb in verbs().finditer(clause) if clause[verb.start() - 1 : verb.start()] != "的"), None)


def last_verb(sentence: str) -> re.Match[str] | None:
    """The last verb of saying of a sentence that is not a noun there (一番讲话, 自动的提醒)."""
    found = [verb for verb in verbs().finditer(sentence) if not _is_noun(sentence, verb)]
    return found[-1] if found else None


_IN_WHICH = tuple("中里上时后")  # 在一份声明中说


def _is_noun(sentence: str, verb: re.Match[str]) -> bool:
    owner = _NOUN.search(sentence, 0, verb.start())
    return owner is not None and not owner[0].endswith((*cues.words("said_person"), *_IN_WHICH))


def described_speaker(phrase: str) -> str | None:
    """A speaker who is only described, or named by a name that nobody else gave away.

    >>> described_speaker("据不愿透露姓名的内部人士"), described_speaker("科隆纳"), described_speaker("有人")
    ('内部人士', '科隆纳', None)
    """
    words = _LEADING.sub("", phrase)
    while adverb := _TRAILING.search(words):
        words = words[: adverb.start()]
    words = words.rpartition("的")[2]
    if _NICKNAMED.fullmatch(words) or is_transliterated(words):
        return words
    if nickname := _OF_A_ROLE.search(words):
        return nickname[0]
    vague = _VAGUE.search(words)
    return words if 2 <= len(words) <= 12 and words.endswith(cues.words("said_person")) and not vague else None


def is_transliterated(word: str) -> bool:
    """科隆纳, 泰勒: a name that nothing else in the corpus gave away, but its characters and its verb."""
    return 2 <= len(word) <= 8 and foreign_chars().issuperset(word) and not is_common(word)


@cache
def long_verbs() -> tuple[str, ...]:
    """The verbs of saying of two characters or more."""
    return tuple(verb for verb in cues.words("speech") if len(verb) > 1)


@cache
def verbs() -> re.Pattern[str]:
    """Any verb of saying."""
    return _pattern(cues.word_set("speech"))


@cache
def strict_verbs() -> re.Pattern[str]:
    """The verbs of saying that a list or a heading does not follow."""
    return _pattern(cues.word_set("speech") - cues.word_set("weak_speech"))


# 道 is a verb only behind another: 吼道, 忏悔道; not 通道, 报道.
_SAID = "悔应吼喊叫骂叹问答说笑哭写念唱吟嚷劝赞夸怒语侃嘲释忆述称讲议醒诉充慨回喻容评"


_IN_WORDS = "《人小学传据名职俗简谦堪号演听一第这那几知报街频轨渠味"  # before a short verb: 小说, 名称
_ON_IN_WORDS = "主题法明号谓赞辞课座堂话价判论客情中路理具"  # behind one: 问题, 说明


def _pattern(verbs: Iterable[str]) -> re.Pattern[str]:
    """Any of the verbs; the short ones not inside words that contain them (小说, 名称, 问题, 对他来说).

    The verbs are grouped by their first character: what begins with one of some characters is searched for fast.
    """
    groups: dict[str, list[str]] = {}
    for verb in sorted(verbs, key=lambda verb: (-len(verb), verb)):
        groups.setdefault(verb[0], []).append(verb[1:] or _alone(verb))
    return re.compile("|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items()))


def _alone(verb: str) -> str:
    """What must stand around a verb of one character."""
    before = f"(?<![{_IN_WORDS}]{verb})"
    if verb == "道":
        before += f"(?<=[{_SAID}]道)"
    if verb in "说讲":
        before += f"(?<!来{verb})"
    return f"{before}(?![{_ON_IN_WORDS}])"
