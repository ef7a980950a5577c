"""The words of saying: which verb says that something is said, and who says it where no name does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.foreign_names import foreign_chars
from corpus_db.analysis.word_classes import is_common

_LEADING = re.compile(
    r"^(?:据|但|然而|而|当天|另|对此|随后|当时|此前|一位|一名|[这那该][名位]|还|也|更|甚至|就连|有|该)+"
)
_TRAILING = re.compile(
    r"(?:也|还|则|曾|就|都|已|便|直接|继续|接着|同时|随后|随即|当即|立即|立刻|当场|连忙|急忙|赶紧|再次|进一步|笑着|这样|如此|一致|纷纷|感动地|激动地|高兴地|[向对替给].{1,8}|(?:在|通过).{1,12})$"
)
_NOUN = re.compile(r"(?:的|一[条番个句段份封篇])[^，,；;]{0,5}\Z")
_OWNERS = ("的", "这番", "那番", "一番", "这一", "这个", "此番", "上述")
_ONE_OF = re.compile(r".*(?:一[名位个]|几[名位]|多[名位]|该)")
# Ann Lee, Ana de Vries; not CEO
_LATIN = re.compile(
    r"(?<![A-Za-z])(?=[^a-z]{0,30}[a-z])[A-Z][A-Za-z\u00c0-\u024f.'’-]+"
    r"(?: (?:(?:de|van|von|der|del|di|la|bin|al) ){0,2}[A-Z][A-Za-z\u00c0-\u024f.'’-]*){0,3}\Z"
)
_MARKS = re.compile(r".*[“”「」『』（）()\"\s↓→▼●■]", re.DOTALL)  # a description stands behind the last of them
_NICKNAMED = re.compile(r"[小老阿][\u4e00-\u9fff]{1,2}")
_OF_A_ROLE = re.compile(r"(?<=[人者员家师长友民生])[小老阿][\u4e00-\u9fff]\Z")
_MOST_DESCRIBED = 12  # characters of a description that is taken whole
_VAGUE = re.compile(r"有人|大家|不方|无法|没有|^[让使令]|我|你|这|那|什么|谁|让人|令人")


def first_verb(clause: str) -> re.Match[str] | None:
    """The first verb of saying of a clause that is not a noun there (从丈夫的讲述中, 听到这番解释)."""
    return next((verb for verb in verbs().finditer(clause) if not clause.endswith(_OWNERS, 0, verb.start())), None)


def last_verb(sentence: str) -> re.Match[str] | None:
    """The last verb of saying of a sentence that is not a noun there (一番讲话, 自动的提醒)."""
    found = [verb for verb in verbs().finditer(sentence) if not _is_noun(sentence, verb)]
    return found[-1] if found else None


_NEVER_NOUNS = frozenset(
    ("说", "称", "表示", "告诉", "认为", "指出", "坦言", "直言", "透露", "强调", "写道", "问道", "答道")
)
_IN_WHICH = tuple("中里上时后")  # 在一份声明中说


def _is_noun(sentence: str, verb: re.Match[str]) -> bool:
    if verb[0] in _NEVER_NOUNS:
        return False
    owner = _NOUN.search(sentence, 0, verb.start())
    return owner is not None and not owner[0].endswith((*cues.words("said_person"), *_IN_WHICH))


def described_speaker(phrase: str) -> str | None:
    """A speaker who is only described, or named by a name that nobody else gave away.

    >>> described_speaker("据不愿透露姓名的内部人士"), described_speaker("科隆纳"), described_speaker("有人")
    ('内部人士', '科隆纳', None)
    >>> described_speaker("分析师Ann Lee则"), described_speaker("青石县文化市场综合执法大队一名值班人员")
    ('Ann Lee', '值班人员')
    >>> described_speaker("东平大学教授许子安"), described_speaker("办公室顾问波多利克")
    ('许子安', '波多利克')
    """
    phrase = phrase.strip()
    if latin := _LATIN.search(_untrailed(phrase)):
        return latin[0]
    marks = _MARKS.match(phrase)
    words = _LEADING.sub("", phrase[marks.end() :] if marks else phrase)
    words = _LEADING.sub("", _untrailed(words).rpartition("的")[2])
    if _NICKNAMED.fullmatch(words) or ("·" not in words and _is_name(words)):
        return words
    if nickname := _OF_A_ROLE.search(words):
        return nickname[0]
    if (titled := _titles().match(words)) and _is_name(titled["name"]):
        return titled["name"]
    if "·" in words and _is_name(words):
        return words
    if len(words) > _MOST_DESCRIBED:
        words = _shortened(words)
    vague = _VAGUE.search(words)
    described = 2 <= len(words) <= _MOST_DESCRIBED and words.endswith(cues.words("said_person"))
    return words if described and not vague else None


def _untrailed(words: str) -> str:
    """`words` without the adverbs, and another verb of saying, at their end: 居民也抱怨(说)."""
    while True:
        words = words.rstrip()
        if adverb := _TRAILING.search(words):
            words = words[: adverb.start()]
        elif words.endswith(long_verbs()):
            words = words[: -len(max((verb for verb in long_verbs() if words.endswith(verb)), key=len))]
        else:
            return words


def _is_name(words: str) -> bool:
    """A frequent surname and one or two characters that are no word together, a transliteration, or parts with a dot."""
    if "·" in words:
        return words[-1] not in cues.word_set("name_never_ends")
    chinese = 2 <= len(words) <= 3 and words[0] in cues.word_set("surname") and not is_common(words)
    return chinese or is_transliterated(words)


@cache
def _titles() -> re.Pattern[str]:
    """The last title of a phrase, and what stands behind it: 东平大学教授许子安."""
    titles = "|".join(sorted((title for title in cues.words("title") if len(title) > 1), key=len, reverse=True))
    return re.compile(rf".{{0,30}}(?:{titles})(?P<name>[\u4e00-\u9fff·]{{2,16}})\Z")


def _shortened(words: str) -> str:
    """What a long description says last of a person: 值班人员 of …大队一名值班人员, 负责人 of …学院相关负责人."""
    if one := _ONE_OF.match(words):
        return words[one.end() :]
    roles = [role for role in cues.words("said_person") if len(role) > 1 and words.endswith(role)]
    return max(roles, key=len, default=words)


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
_SAID = "助促嘱斥呼享透悔应吼喊叫骂叹问答说笑哭写念唱吟嚷劝赞夸怒语侃嘲释忆述称讲议醒诉充慨回喻容评"


_IN_WORDS = "《小学传据名职俗简谦堪号演听一第这那几知报街频轨渠味"  # before a short verb: 小说, 名称
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
    if verb == "称":
        before += "(?<![，,。；、（(]人称)"  # 韦思远，人称小诸葛; not 发言人称
    if verb in "说讲":
        before += f"(?<!来{verb})"
    return f"{before}(?![{_ON_IN_WORDS}{'张大奖耀' if verb == '夸' else ''}])"
