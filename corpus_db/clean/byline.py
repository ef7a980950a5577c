"""A line of facts about an article, as Chinese pages print them, → its fields.

Sites print author, source, time and counters in one line, in any order, with or without labels, parted by spaces or
bars. A line is a byline only if all of it reads as such facts: one word left over may be the section or the source.

>>> [(f.field, f.value) for f in byline("作者:admin 发表时间:2020-10-04 浏览:35 海淘人物")]
[('uploader', 'admin'), ('published', '2020-10-04'), ('views', '35'), ('section', '海淘人物')]
>>> [(f.field, f.value) for f in byline("2019-09-07 09:59:31 来源：某某日报 作者：张三 李四 责任编辑：王五")]
[('published', '2019-09-07 09:59:31'), ('publisher', '某某日报'), ('author', '张三 李四'), ('editor', '王五')]
>>> byline("作者：这一次，他没有再说什么。") is None
True
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_db.clean import fields
from corpus_db.clean.fields import COUNT
from corpus_db.clean.moments import STAMP, moment
from corpus_db.text.fold import simplified

MAX_CHARS = 160  # a longer line is text
_MAX_LEFT = 2  # words without a label in one line
_MAX_LEFT_CHARS = 14
_MAX_NAME_CHARS = 40

_VERB = "浏览|阅读|点击|围观|查看|播放|人气|访问|热度"
_REACTION = "评论|回复|跟帖|点赞|赞|收藏|分享|转发|参与"
_VIEWS = re.compile(
    rf"(?P<n>{COUNT.pattern})\s?(?:人?次|人)?(?:{_VERB})(?:量|数|次数|过)?|"
    rf"(?:{_VERB})(?:量|数|次数)?\s?[（(]?\s?(?P<m>{COUNT.pattern})\s?次?[）)]?"
)
_REACTIONS = re.compile(
    rf"(?P<n>{COUNT.pattern})\s?(?:条|人|次)?(?:{_REACTION})|"
    rf"(?:{_REACTION})数?\s?[（(]?\s?(?P<m>\d[\d,]{{0,9}})\s?条?[）)]?"
)
_TOOLS = re.compile(
    r"(?:字号|字体|字体大小)[:：]?\s?(?:[【\[(（]?\s?[大中小][】\])）]?\s?){0,3}|A\s?[+-]|[TＴ]\s?[|｜丨]\s?[TＴ]|"
    r"(?:打印|收藏|分享|评论|我要评论|我要纠错|纠错|投稿|订阅|举报|关闭|复制链接|朗读|听新闻|"
    r"分享到|微信|微博|QQ空间|原创|大|中|小)(?=[\s|｜丨·:：、\]】]|$)"
)
_STATES = re.compile(r"[\d:：/／|｜丨]")  # a line without a number and the mark of a label states nothing
_ADDRESS = re.compile(r"https?://[^\s\u4e00-\u9fff，。；）)】]+")
_SEPARATOR = re.compile(r"[\s|｜丨·•∙,，;；、/／\[\]【】()（）<>《》\xa0\u3000—–-]+")
_BREAK = re.compile(r"[|｜丨\t\u3000;；\]】)）]|\s{2,}")  # ends a value for certain
_WORD = re.compile(r"[^\s|｜丨,，;；()（）\[\]【】]+")
_NOT_A_NAME = re.compile(r"[。！？!?，：“”\"]|[,:](?!\S)")
PUBLISHER = re.compile(r"(?:网|报|社|刊|杂志|客户端|电视台|卫视|在线|新闻|传媒|公众号|微信|频道|观察|财经)$")
# The commonest surnames, by the yearly report on names of the Ministry of Public Security.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
)
_NAME = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")

# As papers of Taiwan and Hong Kong print it: 記者王小明／台北報導.
_REPORTER = re.compile(
    rf"(?:本报|特约|见习|实习)?记者(?P<name>{_NAME.pattern})(?:[／/][\u4e00-\u9fff]{{2,6}}(?:报道|报导))?"
)


class Found(NamedTuple):
    """A field found in a line; `field` None: a part of the page's tools."""

    field: str | None
    value: str
    start: int  # of the whole stretch, label included
    end: int
    certain: bool = True  # False: the stretch alone would prove nothing


def byline(line: str) -> list[Found] | None:
    """The fields of `line`, in order, or None if it is not all facts about an article."""
    if len(line) > MAX_CHARS or not _STATES.search(line):
        return None
    found = _facts(read := simplified(line))
    return found if found is None or read == line else [_as_printed(one, read, line) for one in found]


def _as_printed(found: Found, read: str, line: str) -> Found:
    """`found` in `read`, which is `line` in simplified characters, with its value as `line` has it."""
    at = read.find(found.value, found.start, found.end)
    return found._replace(value=line[at : at + len(found.value)]) if at >= 0 else found


def _facts(line: str) -> list[Found] | None:
    found: list[Found] = []
    left = 0
    at = 0
    while at < len(line):
        separator = _SEPARATOR.match(line, at)
        if separator:
            at = separator.end()
            continue
        one = _labelled(line, at) or _bare(line, at)
        if one is None:
            one = _leftover(line, at)
            left += 1
            if one is None or left > _MAX_LEFT:
                return None
        found.append(one)
        at = one.end
    if not any(one.certain for one in found):
        return None
    return _sorted_out(found)


def _labelled(line: str, at: int) -> Found | None:
    match = fields.label_pattern().match(line, at)
    if match is None:
        return None
    label = fields.label_of(match["label"])
    if match["mark"] in "/／|｜丨" and not (label.weak or label.field in ("author", "editor", "publisher")):
        return None
    start = match.end()
    if label.field in ("published", "modified"):
        stamp = STAMP.match(line, start)
        if stamp is None or moment(stamp) is None:
            return None
        return Found(label.field, stamp[0], at, stamp.end())
    if label.field in ("url", "original_url"):
        address = _ADDRESS.match(line, start)
        return Found(label.field, address[0], at, address.end()) if address else None
    if label.field in ("views", "comments", "likes"):
        count = COUNT.match(line, start)
        end = count.end() if count else start
        end += 1 if line[end : end + 1] == "次" else 0
        return Found(label.field if count else None, count[0].strip() if count else "", at, end)
    end = _value_end(line, start, label.field)
    value = line[start:end].strip(" \u3000\xa0·,，、/")
    if _NOT_A_NAME.search(value) and label.field not in ("keywords", "original_title", "title"):
        return None
    if len(value) > _MAX_NAME_CHARS and label.field not in ("keywords", "original_title", "title"):
        return None
    return Found(label.field if value else None, value, at, end, certain=not label.weak)


def _value_end(line: str, start: int, field: str) -> int:
    """Where the value that begins at `start` ends: at the next label, stamp, counter, bar or wide gap."""
    if field in ("original_title", "title"):
        return len(line)
    ends = [len(line)]
    for pattern in (fields.label_pattern(), STAMP, _VIEWS, _REACTIONS, _BREAK):
        match = pattern.search(line, start)
        if match:
            ends.append(match.start())
    end = min(ends)
    value = line[start:end]
    if field in ("publisher", "uploader", "section") and " " in value.strip() and not value.isascii():
        end = start + len(value) - len(value.lstrip()) + value.strip().index(" ")
    while end > start and line[end - 1] in " \u3000\xa0":
        end -= 1
    return end


def _bare(line: str, at: int) -> Found | None:
    stamp = STAMP.match(line, at)
    if stamp and moment(stamp):
        end = stamp.end()
        for word in ("发布", "发表", "更新"):
            if line.startswith(word, end):
                end += len(word)
        return Found("published", stamp[0], at, end)
    for pattern, field in ((_VIEWS, "views"), (_REACTIONS, None)):
        match = pattern.match(line, at)
        if match:
            return Found(field, (match["n"] or match["m"]).strip(), at, match.end())
    tools = _TOOLS.match(line, at)
    if tools and tools.end() > at:
        return Found(None, tools[0], at, tools.end(), certain=False)
    return None


def _leftover(line: str, at: int) -> Found | None:
    match = _WORD.match(line, at)
    if match is None or len(match[0]) > _MAX_LEFT_CHARS or _NOT_A_NAME.search(match[0]):
        return None
    return Found("?", match[0], at, match.end(), certain=False)


def _sorted_out(found: list[Found]) -> list[Found]:
    """Give the words without a label a field: a source by its name, a person beside a bare time, else the section."""
    stated = {one.field for one in found}
    labelled = stated & {"author", "uploader", "publisher", "views", "editor"}
    out: list[Found] = []
    for one in found:
        if one.field == "?" and (reporter := _REPORTER.fullmatch(one.value)):
            one = one._replace(field="author", value=reporter["name"])
            stated.add("author")
        elif one.field == "?":
            if "publisher" not in stated and PUBLISHER.search(one.value):
                field = "publisher"
            elif "author" not in stated and not labelled and _NAME.fullmatch(one.value):
                field = "author"
            else:
                field = "section"
            one = one._replace(field=field)
            stated.add(field)
        elif one.field == "author" and fields.is_account(one.value):
            one = one._replace(field="uploader")
        out.append(one)
    return out


_CRUMB = re.compile(r"\s*(?:>{1,2}|»|›|＞|→|/|／|\\|-(?=\s))\s*")
_HERE = re.compile(r"^(?:您|你)?(?:现在|当前|目前)?(?:的|所在)?(?:所在)?位置(?:是)?\s?[:：]?\s*")
_HOME = re.compile(r"^(?:.{0,10}(?:首页|主页)|Home)$", re.IGNORECASE)
_LEAF = frozenset(["正文", "详情", "内容", "文章", "文章详情", "文章内容", "阅读", "浏览文章", "查看"])


def breadcrumb(line: str) -> str | None:
    """The section that a breadcrumb line leads to, or None if `line` is none.

    >>> breadcrumb("首页  /  要闻  /  电商人物"), breadcrumb("当前位置：首页 > 财经 > 正文"), breadcrumb("甲/乙/丙")
    ('要闻/电商人物', '财经', None)
    """
    if len(line) > MAX_CHARS:
        return None
    here = _HERE.match(simplified(line))
    if here is None and not re.search(r"[>»›＞→/／]", line):
        return None
    rest = line[here.end() :] if here else line
    parts = [part.strip() for part in _CRUMB.split(rest) if part.strip()]
    if not parts or any(len(part) > 24 or _NOT_A_NAME.search(part) for part in parts[:-1]):
        return None
    if not (here or _HOME.match(simplified(parts[0]))) or (len(parts) < 2 and not here):
        return None
    kept = [part for part in parts if not _HOME.match(simplified(part)) and simplified(part) not in _LEAF]
    if len(kept) > 1 and len(kept[-1]) > 14:
        kept.pop()  # the article's own title
    return "/".join(kept)
