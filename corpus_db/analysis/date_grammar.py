"""Text → time expressions, not yet resolved: what is written, and where; `dates` says which days it means.

At each of the `places` where an expression may begin, one match says which stands there, by the rules that can begin
with its first character, and `read` reads it. The same words mean the same parts wherever they stand, so they are read
once.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_letters
from typing import NamedTuple

from corpus_db.analysis import date_beginnings, date_lists, places
from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.date_readers import read
from corpus_db.analysis.date_words import (
    AMOUNT,
    DAY_NUMBER,
    DAY_WORDS,
    DISTANCE,
    HALF,
    LUNAR_DAY,
    MONTH,
    MONTH_DAY_BARE,
    MONTH_NUMBER,
    MONTH_PART,
    MONTH_WORDS,
    PLAN,
    PREVIOUS_DAYS,
    PREVIOUS_MONTHS,
    QUARTER,
    RELATIVE_YEARS,
    SEASON,
    SEPARATOR,
    WEEK_DAY,
    YEAR,
    YEAR_PART,
)
from corpus_db.analysis.festivals import festivals
from corpus_db.analysis.places import Places
from corpus_db.analysis.remembered import Remembered


class Expression(NamedTuple):
    """A time expression in a text."""

    start: int
    end: int
    kind: str  # the rule that read it, as named in `_rules`; 'clock' for a time of day
    parts: Parts
    future: bool  # what follows speaks of it as to come (2015年我们会)


def _names(firsts: str | None = None, *, bare: bool = False) -> str:
    """The names of festivals, the longest first: of those that begin with one of `firsts`, and of the bare ones."""
    return "|".join(
        re.escape(one.name)
        for one in sorted(festivals().values(), key=lambda one: -len(one.name))
        if (firsts is None or one.name[0] in firsts) and (one.bare or not bare)
    )


def _words(table: dict[str, int] | dict[str, tuple[str, int]]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_HAN = "[一二三四五六七八九十]"
_MD_DOTTED = r"(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])"
_LUNAR_MONTH = rf"(?:正月|腊月|闰{MONTH_NUMBER}月)"
_AFTER_WEEK_DAY = r"，。、）)的上下中晚早凌起召举发将在说表公至到,（(\s“”！!？?；;-"
_WEEK = "(?:周|星期|礼拜)"
_AFTER_FESTIVAL = "节|黄金周|假期|小长假|大促|购物节|期间|长假|前后|当天|前夕|、中秋|、国庆"
_CLOCK_WORDS = (  # what may follow 点 and 时: a full hour needs a word, 2点 alone is a count
    r"整|钟|半(?![个级])|[一三]刻|\d{1,2}(?:分(?:\d{1,2}秒|)|)(?![\d万亿个元])"
    r"|(?:[零十]|[二三四五]十)[一二三四五六七八九]?分?|[一二三四五六七八九]分"
)
_SHORT_YEAR = r"(?:0\d|[1-9]\d|[零〇一二三四五六七八九]{2})年"
_NEAR_YEARS = "(?:[两三五十]|[2-5]|10)年(?!历史|的?时间|之|的历史|前|后|多|[半级])"


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    """By its first character, the pattern of what may stand at a place.

    Its first group, `beginning`, is what `date_beginnings` finds there; the others are rules, the first that fits.
    """
    kinds = (
        (date_beginnings.ARABIC, _FROM_DIGITS),
        (date_beginnings.HAN_FIRST, _FROM_HAN_DIGITS),
        (date_beginnings.words(), _FROM_WORDS),
    )
    found = {}
    for firsts, names in kinds:
        rules = _rules(firsts)
        choices = "|".join(f"(?P<{name}>{rules[name]})" for name in names.split())
        pattern = re.compile(f"(?=(?P<beginning>{date_beginnings.pattern(firsts)}))(?:{choices}|)")
        found.update(dict.fromkeys(firsts, pattern))
    return found


# Which rules can read what begins with a digit, a Han digit, another character; the first that fits is meant.
_FROM_DIGITS = (
    "month iso year_month compact clock decade century_part years calendar short_year distance span dotted days part"
    " festival"
)
_FROM_HAN_DIGITS = "month clock plan decade century_part years calendar short_year distance span days part festival"
_FROM_WORDS = "decade century_part calendar short_year plan minguo relative distance span lunar part month_word week day_word festival"


def _rules(firsts: str) -> dict[str, str]:
    """The rules by name, which is `Expression.kind`; of festivals, those that begin with one of `firsts`."""
    festival = rf"[“\"]?(?:{_names()})[”\"]?"
    lunar = rf"(?:农历|)(?:{_LUNAR_MONTH}(?:{LUNAR_DAY}|)|{MONTH_NUMBER}月{LUNAR_DAY})"
    part = rf"{HALF}|{QUARTER}|{SEASON}|{YEAR_PART}|第[一二三四1-4]周"
    bare, named = _names(firsts, bare=True), _names(firsts)
    quoted = rf"[“\"](?:{_names()})[”\"]" if "“" in firsts else ""
    told = rf"(?:{named})(?={_AFTER_FESTIVAL})节?" if named else ""
    sub = rf"(?: ?的? ?(?:{MONTH_DAY_BARE}|{MONTH}|{part}|{lunar}|{festival})|)"
    return {
        "iso": r"(?:19|20)\d\d(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark)(?:3[01]|[12]\d|0?[1-9])(?![\d%])",
        "year_month": r"(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])(?![\d.%万亿元个倍人米-])",
        "compact": r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:3[01]|[12]\d|0[1-9])(?![\dA-Za-z元个万亿人])",
        "clock": (
            r"\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d|)(?!\d)"
            rf"|(?:\d{{1,2}}|[零一二两三四五六七八九十]{{1,3}})[点时](?:{_CLOCK_WORDS})"
            r"|(?<=[午晨晚早上])\d{1,2}点?[-~—至到]\d{1,2}点"
        ),
        "decade": (
            r"(?:(?:上个?|本|(?:20|19|18|二十|十九|十八))世纪的?|)"
            r"(?:(?:19|20)\d0|[1-9]0(?:[.、~至-][1-9]0|)|[一二三四五六七八九]{1,2}十)年代(?:初期?|末期?|中期|后期|中后期|)"
        ),
        "century_part": r"(?:上个?|本|(?:20|19|18|21|二十|十九|二十一))世纪(?:初|末)",
        "years": rf"{YEAR}年?{SEPARATOR}(?:{YEAR}|\d\d)年(?:{SEASON}|[初底末]|{MONTH}|)",
        "calendar": rf"(?:公元|){YEAR} ?年(?![级龄])(?:度|份|){sub}",
        "short_year": rf"['’]?{_SHORT_YEAR}(?:(?=\d{{1,2}}月|{_HAN}{{1,2}}月|{QUARTER}|{HALF})|(?<=['’0零〇]..)){sub}",
        "plan": PLAN,
        "minguo": rf"民国(?:元|\d{{1,3}}|{_HAN}{{1,3}})年{sub}",
        "relative": rf"(?!(?<=[是的续入了])第二年)(?:{_words(RELATIVE_YEARS)})(?!轻|龄|(?<=上年)[纪货夜])(?:度|){sub}",
        "distance": rf"{DISTANCE}(?<![多余].)(?<![多余]..)(?:之|以|)[前后](?![者来年期续台])",
        "span": (
            rf"(?:(?:过去|最近|未来|今后|接下来)的?(?:这|){DISTANCE}|近{DISTANCE}(?=[来里间内])|近{_NEAR_YEARS}"
            rf"|前{AMOUNT}个月|{DISTANCE}(?:以|之|)来)"
        ),
        "lunar": (
            rf"(?:农历|阴历)(?:{MONTH_NUMBER}月|正月|腊月)(?:{LUNAR_DAY}|)|大年{LUNAR_DAY}"
            rf"|(?:正月|腊月){LUNAR_DAY}|正月|腊月|闰{MONTH_NUMBER}月"
        ),
        "month": rf"(?!一月[后前内余来])(?:{MONTH_DAY_BARE}|{MONTH})",
        "dotted": rf"{_MD_DOTTED}(?:-{_MD_DOTTED}(?![\d%.])|(?=[“\"](?!\d)|大促|购物|活动|期间|当天|事件)(?<!\d\.))",
        "days": (
            rf"{DAY_NUMBER}[日号]?{SEPARATOR}{DAY_NUMBER}日(?!线|均|元)"
            r"|(?:[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?)日(?![游均报线间元内子益常用之本拘以])"
        ),
        "part": rf"{HALF}|[上下]半月|{QUARTER}|(?:年[初底末]|岁末|月[初底末])(?![尾级])|年中(?=[，。、,.])",
        "month_word": rf"(?:{_words(MONTH_WORDS)}|{_words(PREVIOUS_MONTHS)})(?:{DAY_NUMBER}[日号]|{MONTH_PART}|)",
        "week": (
            rf"(?:上上|下下|上|下|本|这)个?(?:周|星期|礼拜)(?:末|{WEEK_DAY}|)(?![年岁边])"
            rf"|(?:周|星期|礼拜){WEEK_DAY}(?!{SEPARATOR}{_WEEK}?{WEEK_DAY})(?![^{_AFTER_WEEK_DAY}])"
        ),
        "day_word": rf"(?:{_words(DAY_WORDS)}|{_words(PREVIOUS_DAYS)})(?!头条|美术|说法|资本|之星|俄罗斯)",
        "festival": "|".join(filter(None, (bare, quoted, told))),
    }  # fmt: skip


# Not 会议, 会员, 协会 … : 会 as a verb.
_WILL = "(?<![社机协商晚大年委国省市])会(?!议|员|上|长|见|计|展|所|场|谈|晤|后|期|址|费)"
_FUTURE = re.compile(rf"[，,]?(?:[^，。,、；;！？!?\n]{{0,4}}?)(?:将|{_WILL}|计划|预计|争取|力争|要(?!求|闻))")
# 行政拘留10日, 历时3日: days are counted, not named; 周一至周五: no one day.
_NOT_BEFORE = re.compile(r"(?:[0-9A-Za-z第逢¥$]|[0-9A-Za-z]\.|每[个到]?|\d[:：/-]|拘留|羁押|历时|长达|为期|连续)\Z")
_FROM_WEEK_DAY = re.compile(rf"(?<![上下本这]){_WEEK}{WEEK_DAY}[至到~—-]\Z")
_FROM_WEEK_DAY_CHARS = 5  # of the longest match, and the one before it
_EACH_YEAR = ("每年", "每年的")


def find(text: str) -> list[Expression]:
    """The time expressions of a text, in order, not overlapping; clock times too, of kind 'clock'.

    >>> [(e.kind, e.parts.year, e.parts.month) for e in find("2013年9月上线，今年3月、上半年")]
    [('calendar', 2013, 9), ('relative', 0, 3), ('part', 0, None)]
    """
    return find_at(places.of(text))


def find_at(begins: Places) -> list[Expression]:
    """`find`, given the places of a text."""
    text = begins.plain
    found: list[Expression] = []
    done = looked = 0  # where the last expression ends, and the last beginning, whether it led to one or not
    expressions = _expressions()
    for start in begins.dates:
        if start < looked:
            continue
        match = expressions[text[start]].match(text, start)
        if match is None:
            continue
        looked = match.end(1)
        kind = match.lastgroup
        if kind is None or kind == "beginning":
            if text[start] > "9":
                looked = text.find("、", start, looked) + 1 or looked  # 六、七月: what follows may be one
            continue
        if start < done:
            continue
        end = match.end()
        if start and text[start - 1] in _TELLING and _belongs_to_other(text, start, end, kind):
            joined = start - done == 1 and found and text[done] in "-~"
            if not joined:
                looked = max(looked, end)
                continue
        parts = _parts[kind, match[0]]
        if parts is None:
            continue
        future = parts.base == "year" and is_future(text, end)
        expression = Expression(start, end, kind, parts, future)
        if start > done and text[start - 1] in date_lists.AND:
            found += _listed(text, done, expression)
        found.append(expression)
        done = end
    return found


def _listed(text: str, low: int, last: Expression) -> list[Expression]:
    """The numbers from `low` on that share the unit of the expression behind them, each as one of its kind."""
    listed = list(date_lists.before(text, low, last.start, last.end, last.kind))
    parts = [part for *_, words in listed if (part := _parts[last.kind, words])]
    if len(parts) < len(listed) or not date_lists.ascend([*parts, last.parts]):
        return []
    return [
        last._replace(start=start, end=end, parts=part) for (start, end, _), part in zip(listed, parts, strict=True)
    ]


def _read(told: tuple[str, str]) -> Parts | None:
    kind, words = told
    return Parts(None) if kind == "clock" else read(kind, words)


_parts = Remembered(_read, most=1 << 14)  # the same words mean the same parts wherever they stand


def is_future(text: str, end: int) -> bool:
    """Whether the words behind an expression that ends at `end` speak of it as to come."""
    return _FUTURE.match(text, end) is not None


_LENGTHS = frozenset(("distance", "span"))
_OWN_MARKS = frozenset(("calendar", "dotted", "month"))
_TITLES = frozenset(("day_word", "month", "festival"))
# Words whose last character is no beginning of another: 目前天气, 日本月产, 3次日均.
_ACROSS = frozenset((
    "目前", "之前", "此前", "以前", "当前", "提前", "生前", "之后", "此后", "以后", "先后", "然后", "随后",
    "日本", "文明", "昆明", "海上", "线上", "网上", "以上", "晚上", "早上", "以下", "线下",
))  # fmt: skip


# Only behind one of these can an expression belong to something else.
_TELLING = frozenset("《“「\n0123456789.第每个到逢¥$:：/-~—至留押时达期续年的数" + ascii_letters).union(
    word[0] for word in _ACROSS
)


def _belongs_to_other(text: str, start: int, end: int, kind: str) -> bool:
    """Whether what precedes makes a code, an ordinal, a price or a title of it (第3天, ¥2013, 《十月》), or another
    word.

    A letter may precede a date that has its own marks: CEO2013年, 1688.com9.4“备货节”.
    """
    before = text[start - 1]
    if before == "《":
        return kind in _TITLES
    if before in "“「" and kind == "day_word" and text[end : end + 1] in ("”", "」"):  # “今日”俄罗斯
        return True
    if before + text[start] in _ACROSS:
        return True
    if before == "数":  # 数十年来
        return kind in _LENGTHS
    if before in "年的":
        return text.endswith(_EACH_YEAR, 0, start)
    if before in "至到~—-" and kind == "week":
        return _FROM_WEEK_DAY.search(text, max(0, start - _FROM_WEEK_DAY_CHARS), start) is not None
    if _NOT_BEFORE.search(text, max(0, start - 2), start) is None:
        return False
    return not (before.isalpha() and before.isascii() and kind in _OWN_MARKS)
