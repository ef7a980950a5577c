"""Tagged text → places where an organisation, a place, a product or an event may be named.

Organisations by their suffix and the proper names before it, places by the dictionary and their suffix, products and
events by quotation marks beside a noun that says what they are (“春雷行动”, “稻香满仓”业务).
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.foreign_names import foreign_chars
from corpus_db.analysis.tagging import MEDIUM, Tagged
from corpus_db.analysis.word_classes import is_common
from corpus_db.records import EntityKind, Heard

# Every repetition is bounded, so that a pattern takes linear time on any string of classes.
_ORGANISATION = re.compile(
    r"(?P<placed>[PL][PLqnzshRNADY]{0,6}[XU](?:n{0,2}[XU]){0,2})"
    r"|(?P<dictionary>O{1,4}(?:[nzPLY]{0,3}[XU]){0,2}|U(?:[nzPLY]{0,3}[XU]){1,2})"
    r"|(?P<named>[zRNA]n{0,3}[XU](?:n{0,2}[XU]){0,2}|[zRN]n{0,2}Y(?:n{0,2}[XUY]){0,2})"
    r"|(?P<spelt>(?<![shfAD])[sh]{2,4}(?:n{0,2}[XU](?:n{0,2}[XU]){0,2}|Y(?:n{0,2}[XUY]){0,2}))"
)
_STRENGTH = {"registered": 0.85, "placed": 0.75, "dictionary": 0.6, "named": 0.7, "spelt": 0.55}
_IN_GENERAL = 0.45  # what is spelt out before a trade that is as often spoken of in general: 冷链物流
# A registered name says where the firm sits, what it calls itself, its trade: 临沂新理想汽车服务有限公司.
_REGISTERED = frozenset(["有限公司", "股份公司", "事务所", "律师事务所"])
_SEAT = re.compile(r"[PL][PL]?(?=[^w,_/DePL]{1,8}$)")
_BEFORE_REGISTERED = 10
# Every organisation has a word of the classes X, Y, O, U, here made one: a pattern of one letter is found far sooner.
_ANCHORS, _ANCHOR = str.maketrans("YOU", "XXX"), re.compile("X")
_BEFORE_ANCHOR, _AFTER_ANCHOR = 7, 9  # at most so many words behind the beginning, and so many before the end
_WITHIN = "PLqnzshRNADYXUO"  # the classes between the beginning and such a word
# A place's suffix and the length of what is before it, and a place of the dictionary.
_BUILT = re.compile(
    r"q(?:(?<=[PLzRN]q)(?P<one>)|(?<=[sh]q)(?:(?<![shz][sh]q)(?P<char>)|(?<=[sh]{2}q)(?<![shz][sh]{2}q)(?P<two>)"
    r"|(?<=[sh]{3}q)(?<![shz][sh]{3}q)(?P<three>)))"
)
_BEFORE_SUFFIX = {"one": 1, "char": 1, "two": 2, "three": 3}
_PLACE = re.compile("P(?!q)")
_BEFORE_MEDIUM, _MEDIUM = frozenset("PL"), frozenset("noXhzvY")
_MODEL = re.compile(
    r"(?: ?(?![A-Za-z]2[A-Za-z])[A-Za-z]{1,5}\d{1,4}[A-Za-z]{0,3}|\d系)(?![A-Za-z\d年月日个亿万.%])(?:系|级)?"
)
_MODEL_BEGINS = frozenset(f" {string.ascii_letters}{string.digits}０１２３４５６７８９")
_WORK = re.compile(r"《([^《》\n]{1,16})》")
_COUNTRIES = frozenset("中美日韩俄英法德欧")
_SHORT = "中美日韩俄英法德印欧澳朝越菲台港京沪津渝粤浙苏鲁冀豫晋陕皖赣鄂湘闽琼桂黔滇川深"
_ABBREVIATED = re.compile(f"[{_SHORT}](?:、?[{_SHORT}]){{1,5}}")
_TWICE = re.compile(r"(.)\1")  # 深深, 中中: an adverb
_ENDINGS = frozenset("省市县区州盟旗镇乡村岛山河江湖海港湾路街寺桥关站岭峪沟庄屯堡")
_GENERIC = frozenset(
    ["公司", "企业", "工厂", "学校", "医院", "酒店", "超市", "警察局", "法院", "项目部", "小组", "中心"]
)
_ONE_IN_A_PLACE, _SEATS = frozenset(["法院", "医院", "警察局"]), frozenset("省市县区州旗镇乡")  # 东湖区法院 is a name
_NO_SPELLING = frozenset("任某")  # 韦思远任乡村事业部总经理: a person and a post; 孙某网络侵权
_ENDS_FIRM = ("集团", "股份", "有限")
_BRANCH = re.compile("[PL]{1,2}n?(X)(?:n{0,2}[XU]){0,2}")
_BRANCHES = frozenset(["分局", "分公司", "分行", "支行", "分院", "分校", "分会", "分社", "分中心", "办事处"])
_OPEN, _CLOSE = '“"「『', '”"」』'
_QUOTED = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n，。！？；：,!?;+、]{{2,12}})[{_CLOSE}]")
_CALLED = re.compile(
    r"(?:业务|产品|平台|频道|项目|品牌|应用|栏目|活动)(?:[：:]|名为|名叫|叫做)([\u4e00-\u9fffA-Za-z\d]{2,8})(?=[，。；,;\n])"
)


def find(tagged: Tagged, known: Sequence[Heard]) -> Iterator[Heard]:
    """All that the classes of the words show, and what the names of the lexicon, `known`, are part of; not `products`."""
    yield from organisations(tagged)
    yield from places(tagged)
    yield from abbreviated(tagged)
    yield from media(tagged)
    yield from models(tagged, known)
    yield from works(tagged.text)


def organisations(tagged: Tagged) -> Iterator[Heard]:
    """Every organisation named with its suffix, or known to the dictionary."""
    codes, tokens, done = tagged.codes, tagged.tokens, 0
    descriptions, address, in_general = map(cues.word_set, ("latin_description", "address", "trade_in_general"))
    for anchor in _ANCHOR.finditer(codes.translate(_ANCHORS)):
        at = anchor.start()
        if at < done:
            continue
        if tokens[at] in _REGISTERED and (place := _SEAT.search(codes, max(done, at - _BEFORE_REGISTERED), at)):
            done = at + 1
            yield from _evidence(tagged, place.start(), done, "organisation", _STRENGTH["registered"])
            continue
        far = max(done, at - _BEFORE_ANCHOR)
        begin = far + len(codes[far:at].rstrip(_WITHIN))
        if begin == at and codes[at] in "XY":
            continue
        match = _ORGANISATION.search(codes, begin, at + _AFTER_ANCHOR)
        if match is None or match.start() > at:
            continue
        first, done = match.span()
        done = _with_branch(tagged, done)
        if tokens[first - 1] == "国家":
            first -= 1
        if (
            tokens[done - 1] in _GENERIC
            and _DESCRIBED.issuperset(codes[first : done - 1])
            and not (tokens[done - 1] in _ONE_IN_A_PLACE and tokens[done - 2][-1] in _SEATS)
        ):
            continue  # 韩国公司, 中国国内公司: a description
        if tokens[first] in descriptions or tokens[first][1:] in address:
            continue  # B2B公司, 陈女士银行账户
        if codes[first] in "RN" and tokens[first + 1] == "政府":
            continue  # of a person
        if tokens[first].startswith(_ENDS_FIRM):
            continue  # a name begins further before, and nothing says where: 集团股份有限公司
        strength = _STRENGTH[match.lastgroup or ""]
        if match.lastgroup == "spelt" and not _NO_SPELLING.isdisjoint(tokens[first:done]):
            continue
        described = match.lastgroup == "spelt" or (match.lastgroup == "named" and "n" in codes[first:done])
        if described and tokens[done - 1] in in_general:
            strength = _IN_GENERAL
        yield from _evidence(tagged, first, done, "organisation", strength)


def _with_branch(tagged: Tagged, done: int) -> int:
    """Where a name ends of which a branch is named: 银川市公安局 + 兴庆分局."""
    branch = _BRANCH.match(tagged.codes, done)
    return branch.end() if branch and tagged.tokens[branch.start(1)] in _BRANCHES else done


_SMALL_PLACES = frozenset(["镇", "乡", "村", "街道", "路", "街", "社区"])  # 海口镇 is not in 海口
_DESCRIBED = frozenset("PLn")


def places(tagged: Tagged) -> Iterator[Heard]:
    """Every place known to the dictionary or built with a suffix (文山 + 路)."""
    particles = cues.word_set("particle")
    codes, tokens, starts = tagged.codes, tagged.tokens, tagged.starts
    for match in _BUILT.finditer(codes):
        suffix = match.start()
        first = _of_family(tokens, codes, suffix - _BEFORE_SUFFIX[match.lastgroup or ""])
        if tokens[first] not in particles:
            sure = codes[first] in "PL" and tokens[suffix] in _SMALL_PLACES
            # “医路有我”, 柿子 + 湾路; but 浦东 + 祝桥
            bare = codes[first] in "sh" and starts[suffix + 1] - starts[first] == 2 and codes[first - 1] not in "PLq"
            yield from _evidence(tagged, first, suffix + 1, "place", 0.85 if sure else 0.3 if bare else 0.6)
    for match in _PLACE.finditer(codes):
        at = match.start()
        yield from _evidence(tagged, at, at + 1, "place", 0.8 if _sure(tagged, at) else 0.4)


def _of_family(tokens: Sequence[str], codes: str, first: int) -> int:
    """Where a place begins that is called after a family: 唐家坪村, not 坪村."""
    before = tokens[first - 1]
    if before == "家" and codes[first - 2] == "s":
        return first - 2
    return first - 1 if before[1:] == "家" and before[0] in cues.word_set("surname") else first


def _sure(tagged: Tagged, at: int) -> bool:
    """Whether a dictionary place has a place's ending, follows another place, or stands where places stand."""
    word = tagged.tokens[at]
    if len(word) > 2 and word[-1] in _ENDINGS:
        return True
    if len(word) > 3:
        return tagged.codes[at - 1 : at] in ("P", "L") or foreign_chars().issuperset(word)
    before, after = tagged.codes[at - 1 : at], tagged.codes[at + 1 : at + 2]
    return (
        before in ("P", "L")
        or after in ("P", "L", "q")
        or (at > 0 and tagged.tokens[at - 1] in cues.word_set("locative"))
    )


def abbreviated(tagged: Tagged) -> Iterator[Heard]:
    """中美, 京津冀, 日、韩: two or more of the one-character names of countries and provinces side by side."""
    for match in _ABBREVIATED.finditer(tagged.text):
        run, start = match[0], match.start()
        known = tagged.tokens[bisect_left(tagged.starts, start) : bisect_left(tagged.starts, match.end())]
        if (
            "".join(known) == run
            and not _TWICE.search(run)
            and ("、" in run or len(known) < len(run) or _COUNTRIES.issuperset(run))
        ):
            for at, char in enumerate(run, start):
                if char != "、":
                    yield at, char, "place", 0.75


def media(tagged: Tagged) -> Iterator[Heard]:
    """浙江在线, 扬州晚报: a place and a kind of medium."""
    codes, starts = tagged.codes, tagged.starts
    for at in tagged.marked(MEDIUM):
        if codes[at] in _MEDIUM and codes[at - 1] in _BEFORE_MEDIUM:
            yield starts[at - 1], tagged.text[starts[at - 1] : starts[at + 1]], "product", 0.85


def models(tagged: Tagged, known: Sequence[Heard]) -> Iterator[Heard]:
    """奥迪A3, 宝马5系: a maker's name and a model's code name a product."""
    text = tagged.text
    for start, raw, kind, _ in known:
        end = start + len(raw)
        if kind == "organisation" and text[end] in _MODEL_BEGINS and (match := _MODEL.match(text, end)):
            yield start, raw + match[0], "product", 0.8


def works(text: str) -> Iterator[Heard]:
    """《江上的灯》: books, films and papers by their marks; laws and notices are none."""
    documents = cues.words("document")
    for match in _WORK.finditer(text):
        if not match[1].endswith(documents):
            yield match.start(1), match[1], "product", 0.9


def _evidence(tagged: Tagged, first: int, last: int, kind: EntityKind, strength: float) -> Iterator[Heard]:
    start, end = tagged.starts[first], tagged.starts[last]
    if end - start > 1:
        yield start, tagged.text[start:end], kind, strength


def products(text: str) -> Iterator[Heard]:
    """Quoted names beside a noun that tells their kind: “书香万家”频道, “春雷行动”, 新业务：稻香满仓.

    >>> [(raw, kind) for _, raw, kind, _ in products("公司开展“春雷行动”，上线“稻香满仓”业务。")]
    [('春雷行动', 'event'), ('稻香满仓', 'product')]
    """
    after, events = _nouns()
    for match in _QUOTED.finditer(text):
        name, (start, end) = match[1], match.span()
        noun = after.match(text, end)
        event = (noun and noun.lastgroup == "event") or name[1:].endswith(events)
        if (event or noun) and not is_common(name):
            yield (start + 1, name, "event", 0.6) if event else (start + 1, name, "product", 0.65)
    for match in _CALLED.finditer(text):
        yield match.start(1), match[1], "product", 0.55


@cache
def _nouns() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What follows the name of an event or of a product, and what ends the name of an event."""
    events = cues.words("event_noun")
    long_events = "|".join(word for word in events if len(word) > 1)
    return re.compile(rf"(?P<event>{long_events})|(?:{'|'.join(cues.words('product_noun'))})"), events
