"""Paths to items: order and names, what is skipped and why, and files that change under our feet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus_db.errors import UsageError
from corpus_db.find import find
from corpus_db.records import Item, Reject


def made(folder: Path, *names: str) -> Path:
    """A folder with a small text under each name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"正文 {path.name}")
    return folder


def found(*paths: Path) -> list[str]:
    """The paths of the items."""
    return [item.path for item in find(paths) if isinstance(item, Item)]


def rejects(*paths: Path) -> list[tuple[str, str]]:
    """(path, reason) of the rejects."""
    return [(item.path, item.reason) for item in find(paths) if isinstance(item, Reject)]


def test_a_folder_is_walked_in_order_and_paths_are_relative_to_it(tmp_path: Path) -> None:
    made(tmp_path, "b.txt", "a/2.md", "a/10.md", "c/d/e.html", "甲.txt")
    assert found(tmp_path) == ["a/10.md", "a/2.md", "b.txt", "c/d/e.html", "甲.txt"]


def test_a_file_goes_by_its_name(tmp_path: Path) -> None:
    made(tmp_path, "a/b.txt")
    assert found(tmp_path / "a" / "b.txt") == ["b.txt"]


def test_several_paths_go_by_what_they_share(tmp_path: Path) -> None:
    made(tmp_path, "x/1.txt", "y/1.txt", "z.txt")
    assert found(tmp_path / "y", tmp_path / "x", tmp_path / "z.txt") == ["y/1.txt", "x/1.txt", "z.txt"]


def test_a_path_inside_another_is_read_once(tmp_path: Path) -> None:
    made(tmp_path, "x/1.txt")
    assert found(tmp_path, tmp_path / "x", tmp_path / "x" / "1.txt") == ["x/1.txt"]


def test_relative_paths_do_not_depend_on_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "x/1.txt")
    monkeypatch.chdir(tmp_path / "x")
    assert found(Path()) == found(Path("../x")) == ["1.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("a.MD", "markdown"),
        ("a.shtml", "text"),  # a page without a tag is none
        ("README", "text"),
        ("a.log", "text"),
        ("a.bin", "text"),
    ],
)
def test_the_name_says_the_format(tmp_path: Path, name: str, kind: str) -> None:
    made(tmp_path, name)
    (item,) = find([tmp_path])
    assert isinstance(item, Item)
    assert item.format == kind


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.html", "<p>正文", "html"),
        ("show.php?id=3", "<!DOCTYPE html>\n<html><body>正文", "html"),
        ("24144", "\ufeff\n<html lang=zh>正文", "html"),
        ("a.html.1", "<!-- saved from url=(0019)http://a.cn/1 --><HTML>正文", "html"),
        ("a.txt", "<html>正文", "html"),
        ("a.txt", "<《书》> 正文", "text"),
        ("a.txt", "<div><p>正文</p></div>", "html"),
        ("a.txt", "<b> 是一个标签", "text"),
        ("a.py", "<html>正文", "html"),
        ("a.txt", '{"title": "甲", "text": "正文"}', "json"),
        ("a.html", '[{"text": "正文"}]', "json"),
        ("a.txt", "{甲：正文}", "text"),
        ("feed", "<?xml version='1.0'?><rss><item><title>甲</title></item></rss>", "xml"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "gbk", "utf-16"])
def test_what_the_name_does_not_say_the_first_characters_do(
    tmp_path: Path, name: str, text: str, kind: str, codec: str
) -> None:
    (tmp_path / name).write_bytes(text.encode(codec, "ignore"))
    (item,) = find([tmp_path])
    assert isinstance(item, Item)
    assert item.format == kind


def test_a_missing_path_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no-such\.txt: no such file"):
        list(find([tmp_path / "no-such.txt"]))


@pytest.mark.parametrize("name", ["page_files/a.js", "style.CSS", "早市.url", "spider.py"])
def test_what_is_no_document_is_told_as_such(tmp_path: Path, name: str) -> None:
    made(tmp_path, name)
    assert rejects(tmp_path) == [(name, "not a document")]


def test_what_the_system_and_office_leave_behind_is_not_read(tmp_path: Path) -> None:
    made(tmp_path, "Thumbs.db", "desktop.ini", "~$早市.docx", "__MACOSX/a.txt", "早市.txt")
    assert found(tmp_path) == ["早市.txt"]
    assert {reason for _, reason in rejects(tmp_path)} == {"hidden file"}


def test_names_in_gbk_stay_apart(tmp_path: Path) -> None:
    for name in ("早市", "晚市"):
        with open(os.fsencode(tmp_path) + b"/" + name.encode("gbk"), "w") as file:  # noqa: PTH123
            file.write("正文")
    assert sorted(found(tmp_path)) == ["早市", "晚市"]


def test_hidden_files_are_named_not_read(tmp_path: Path) -> None:
    made(tmp_path, ".git/config", ".DS_Store", "a.txt")
    assert found(tmp_path) == ["a.txt"]
    assert rejects(tmp_path) == [(".DS_Store", "hidden file"), (".git", "hidden file")]
    assert found(tmp_path / ".git") == ["config"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    made(tmp_path, "a/1.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert found(tmp_path) == ["a/1.txt"]
    assert rejects(tmp_path) == [("a/up", "link loop"), ("b", "link loop")]


def test_a_dead_link_and_a_pipe_are_rejects(tmp_path: Path) -> None:
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.txt")
    assert rejects(tmp_path) == [("dead.txt", "broken link"), ("pipe.txt", "not a file")]


def test_a_file_that_vanishes_during_the_walk(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "b.txt", "c.txt")
    walk = find([tmp_path])
    first = next(walk)
    (tmp_path / "b.txt").unlink()
    assert [first[0], *((item.path, type(item)) for item in walk)] == ["a.txt", ("b.txt", Reject), ("c.txt", Item)]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    made(tmp_path, "a.txt")
    monkeypatch.setattr(Path, "open", refuse)
    (reject,) = find([tmp_path])
    assert reject == Reject("a.txt", None, "find", "unreadable", "Permission denied: check its permissions")


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "新闻.txt".encode("gbk")
    try:
        with open(path, "w") as file:  # noqa: PTH123
            file.write("正文")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    (name,) = found(tmp_path)
    assert name.encode()


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.sources.stream.MAX_DOCUMENT_BYTES", 100)
    (tmp_path / "a.txt").write_text("长" * 99)
    made(tmp_path, "b.txt")
    assert rejects(tmp_path) == [("a.txt", "document too large")]
    assert found(tmp_path) == ["b.txt"]
