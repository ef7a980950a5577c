"""Values as pages print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean import fields


@given(st.text(max_size=30))
def test_every_string_is_safe(text: str) -> None:
    fields.views(text)
    fields.site_of(text)
    fields.person(text)


@pytest.mark.parametrize(
    ("printed", "count"),
    [("35", 35), ("1,160", 1160), ("1.2万", 12000), ("10万+", 100000), ("3k", 3000), ("-3", None), ("", None)],
)
def test_views(printed: str, count: int | None) -> None:
    assert fields.views(printed) == count


def test_every_label_is_found_in_full() -> None:
    for label, row in fields.labels().items():
        match = fields.label_pattern().match(f"{label}：某")
        assert match is not None
        assert match["label"].lower() == label
        assert fields.label_of(match["label"]) == row


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://web.archive.org/web/20210304080000/http://a.cn/1", "http://a.cn/1"),
        ("http://host:8080/all/20210304080000mp_/https://a.cn/?u=1", "https://a.cn/?u=1"),
        ("https://a.cn/20210304080000/1.html", "https://a.cn/20210304080000/1.html"),
        ("https://a.cn/jump?to=/20210304080000/http://b.cn", "https://a.cn/jump?to=/20210304080000/http://b.cn"),
    ],
)
def test_original_address(url: str, page: str) -> None:
    assert fields.original_address(url) == page
