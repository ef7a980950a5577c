"""Articles that a page holds outside its markup: in scripts and text areas, in whatever way programs write them there."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.errors import InputError
from corpus_db.sources.html.scripts import nodes
from tests.sources.reading import body, check_tiling, read

LINES = [
    "河边的早市昨天开张，来了一百多位摊主，镇上的人说热闹得像过年。",
    "卖竹篮的老周四点就出了门，挑着担子走了五里路。他说：“值得。”",
    "镇里修了新的石板路，也添了路灯，年底以前还要再修一座小桥，请客人来走一走。",
]
HTML = "".join(f"<p>{line}</p>" for line in LINES)
ESCAPED = HTML.replace("/", "\\/")
TITLE = "河边的早市开张了"
ARTICLE = {"title": TITLE, "content": HTML, "author": "林小路", "source": "江城日报", "publishTime": "2021-03-04 08:05"}
STATED = {"title": TITLE, "author": "林小路", "publisher": "江城日报", "published": "2021-03-04T08:05"}


def page(script: str, markup: str = "<div id='app'></div>", kind: str = "") -> str:
    return f"<!DOCTYPE html><title>{TITLE}_江城网</title><body>{markup}<script{kind}>{script}</script>"


def dumped(value: object, *, ascii_only: bool = False) -> str:
    return json.dumps(value, ensure_ascii=ascii_only).replace("</", "<\\/")


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (f"window.__INITIAL_STATE__ = {dumped({'user': {}, 'detail': ARTICLE})};(function(){{var s;}}())", ""),
        (dumped({"props": {"pageProps": {"detail": ARTICLE}}}), " id=__NEXT_DATA__ type=application/json"),
        (dumped({"state": ARTICLE}, ascii_only=True).replace("<", "\\u003c"), ""),
        (f"window.__S__={{user:undefined,on:!0,article:{dumped(ARTICLE)}}}", ""),
        (f"window.__NUXT__=(function(a,b){{return {{data:[{{a:{dumped(ARTICLE)}}}],b:a}}}}(1,'x'))", ""),
        (
            f"var d = {{title: '{TITLE}', content: '{ESCAPED}', author: '林小路', source: '江城日报', publishTime: 1614816300000}}",
            "",
        ),
    ],
)
def test_an_article_as_data(script: str, kind: str) -> None:
    source = read("html", page(script, kind=kind))
    assert body(source) == "\n".join([*LINES, ""])
    assert source.fields["published"][:16] == STATED["published"]
    assert STATED.items() <= {**source.fields, "published": STATED["published"]}.items()
    assert source.notes == ("its text stood in the page as data, not in its markup",)
    check_tiling(source)


def test_json_ld_with_its_text() -> None:
    stated = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(LINES), "author": {"name": "林小路"}}
    source = read("html", page(dumped({"@graph": [{"@type": "WebSite"}, stated]}), kind=" type='application/ld+json'"))
    assert body(source) == "\n".join(LINES)
    assert (source.fields["title"], source.fields["author"]) == (TITLE, "林小路")


@pytest.mark.parametrize(
    "text",
    [LINES, [{"type": "text", "text": line} for line in LINES], {"blocks": LINES, "html": "".join(LINES)}],
)
def test_a_text_in_parts(text: object) -> None:
    source = read("html", page("d=" + dumped({"title": TITLE, "content": text})))
    assert body(source).replace("\n", "") == "".join(LINES)


@pytest.mark.parametrize(
    "holder",
    [
        "<textarea style='display:none'>{}</textarea>",
        "<script type='text/plain'>{}</script>",
        "<noscript>{}</noscript>",
        "<template>{}</template>",
    ],
)
def test_an_article_that_a_script_would_show(holder: str) -> None:
    held = HTML.replace("<", "&lt;") if "textarea" in holder else HTML
    source = read("html", f"<title>{TITLE}</title><h1>{TITLE}</h1>" + holder.replace("{}", held))
    assert body(source).strip() == "\n".join(LINES)
    assert source.fields["title"] == TITLE


def test_what_the_markup_begins_the_data_goes_on_with() -> None:
    markup = f"<h1>{TITLE}</h1><p>{LINES[0]}</p><a>展开全文</a>"
    source = read("html", page("d=" + dumped({"a": {**ARTICLE, "content": HTML * 2}}), markup))
    assert body(source).split() == LINES * 2
    assert "part of the text in a script" in {piece.reason for piece in source.pieces}
    check_tiling(source)


def test_the_markup_counts_and_the_data_dates_it() -> None:
    source = read("html", page("d=" + dumped({"a": ARTICLE}), f"<h1>{TITLE}</h1><div>{HTML}</div>"))
    assert body(source) == "\n".join(LINES)
    assert source.fields == STATED


@pytest.mark.parametrize(
    "script",
    [
        "var t = '<div class=a>{{ title }}。今天，人们来了，" + "天气很好，" * 20 + "。</div>'",
        "d="
        + dumped({"list": [{"title": f"第{i}条", "content": f"第{i}件事。" + LINES[i % 2] * 2} for i in range(4)]}),
        "d=" + dumped({"share": {"title": TITLE, "desc": LINES[0] * 3}}),
        "alert('请先登录。" + "请先登录，再来看。" * 9 + "')",
    ],
)
def test_code_and_lists_are_no_article(script: str) -> None:
    with pytest.raises(InputError, match="no article"):
        read("html", page(script))


def test_the_same_article_twice_is_one() -> None:
    script = f"a={dumped({'body': HTML})};b={dumped({'articleBody': ''.join(LINES)})}"
    assert body(read("html", page(script + ";"))).replace("\n", "") == "".join(LINES)


def test_keys_that_say_it_count_before_those_that_sound_like_it() -> None:
    script = "d=" + dumped({"shareTitle": "快来看", "pageTitle": "江城网", **ARTICLE})
    assert read("html", page(script).replace("<title>", "<meta name=t><title>")).fields["title"] == TITLE


def test_of_several_articles_the_one_that_the_page_is_called_after() -> None:
    others = [{"title": f"第{i}条", "content": LINES[0] * 9} for i in range(4)]
    assert body(read("html", page("d=" + dumped({"more": others, "one": ARTICLE})))).split() == LINES


@pytest.mark.parametrize("part", ['"', "'", "\\", '\\"', "{", "[{", "a:'", "`", '{"a":', "content:'一。'", "//'\n"])
def test_scripts_are_read_in_linear_time(part: str) -> None:
    script = part * (200_000 // len(part))
    started = time.process_time()
    list(nodes(script, 0, len(script)))
    assert time.process_time() - started < 4


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"{}[]\"'`\\:=,;\n", "content", "title", LINES[0], "\\u4e2d", "\\x"]), max_size=40))
def test_whatever_stands_in_a_script_the_pieces_tile(parts: list[str]) -> None:
    for script in ("".join(parts), f"d={{title:'{TITLE}',content:\"{HTML}{''.join(parts)}\"}}"):
        try:
            check_tiling(read("html", page(script)))
        except InputError:
            continue
