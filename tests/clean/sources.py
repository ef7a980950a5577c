"""Sources for tests: the seeds as their reader gives them, and texts and pieces as a test wants them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import strategies as st

from corpus_db.records import Item, Piece, Source
from corpus_db.sources import plain

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def read(text: str) -> Source:
    """A plain text file as its reader gives it, front matter and all."""
    return plain.read(Item("a.txt", None, "text", text.encode("utf-8"), None))


def seed(number: int) -> Source:
    """A seed, read."""
    return plain.read(Item(SEEDS[number].name, None, "text", SEEDS[number].read_bytes(), None))


def text_source(raw: str, **fields: str) -> Source:
    """A source that is all body, with these fields stated elsewhere."""
    return made(raw, [Piece(0, len(raw), "body", "text")] if raw else [], fields)


def made(raw: str, pieces: list[Piece], fields: dict[str, str] | None = None) -> Source:
    """A source of these pieces."""
    data = raw.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return Source("a.txt", None, "text", "utf-8", digest, len(data), raw, tuple(pieces), fields or {})


# Lines of what bylines, breadcrumbs and chrome are made of, and what such a line may repeat.
EDGE_LINES = st.text(alphabet="作者来源:： 2019-07/|浏览35（）()、a大中小首页>\t\u3000", max_size=160)
UNITS = ["来源", "作者：", "首页 > ", "2019-09-07 ", "转载", "未经授权", "1", "©", "分享到", "（", " "]

# An article in paragraphs, headings among them, and flattened.
PARAGRAPHS = [
    "河上的桥修了三年，今天终于通车了。两岸的人都出来看热闹，把桥面挤得满满的。",
    "桥的由来",
    "2001年，一场大水冲走了木桥，此后二十年，人们靠一条渡船来往。",
    "船夫姓何，他有一台iPhone 5，用来看天气。他说：“桥通了，我就该歇着了。”",
    "孩子们不懂他的意思，只管在桥上跑来跑去！",
    "歇着的人",
    "第二天，渡口多了一张躺椅……",
    "他躺在上面听ALL IN的广播。谁也不知道他听懂了没有？",
    "到了傍晚，他把船拖上了岸，翻过来晾着，就像翻过一页书。天黑以前，风把那张旧船帆吹得鼓了起来，又放了下去。"
    "月亮升起来的时候，桥上只剩下两个守夜的人，一个在东头，一个在西头。"
    "他看了一会儿，回屋做饭去了，锅里是中午剩下的鱼，还有一把新摘的青菜。",
]
FLAT = " ".join(PARAGRAPHS)
