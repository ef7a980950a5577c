"""Marks inside a line of Markdown: looking only where one may begin finds what looking everywhere does."""

import re
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db.sources import inline

PIECES = [
    "甲",
    " ",
    "\\",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "![",
    "[",
    "](",
    "][",
    "]",
    "[^1]",
    "(",
    ")",
    "<b>",
    "</b>",
    ">",
    "&amp;",
]
ADDRESSES = ["http://a.cn", "HTTPS://a.cn/x_y", "<http://a.cn>", "a@b.cn", "h", "/http://a.cn"]


@given(st.lists(st.sampled_from(PIECES + ADDRESSES) | st.text(max_size=3)).map("".join))
@example("见**[甲](http://a.cn)**与![图](b.png)\\*")
def test_every_mark_begins_where_one_may(line):
    everywhere = re.compile("(?s:(?=.))")
    with mock.patch.object(inline, "MAY_BEGIN", everywhere):
        expected = inline.marks(line, 0, len(line))
    assert inline.marks(line, 0, len(line)) == expected
