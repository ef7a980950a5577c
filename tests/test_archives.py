"""Archives: members with their names, one archive in another, bombs, and what is broken."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import archives
from corpus_db.archives import entries
from corpus_db.errors import InputError
from corpus_db.find import find
from corpus_db.records import Item, Reject
from corpus_db.sources.stream import Stream

FILES = {"x/甲.txt": "正文一".encode(), "乙.jsonl": '{"text": "二"}\n{"text": "三"}\n'.encode()}
FOUND = ["x/甲.txt", "乙.jsonl#1", "乙.jsonl#2"]


def zipped(files: dict[str, bytes]) -> bytes:
    """The files in a .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """The files in a .tar.gz or .tar."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def members(folder: Path, name: str, data: bytes) -> tuple[list[str | None], list[tuple[str | None, str]]]:
    """(members of the items, (member, reason) of the rejects) of an archive."""
    (folder / name).write_bytes(data)
    found = list(find([folder / name]))
    assert all(item.path == name for item in found)
    items = [item.member for item in found if isinstance(item, Item)]
    return items, [(item.member, item.reason) for item in found if isinstance(item, Reject)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(FILES)),
        ("a.tar.gz", tarred(FILES)),
        ("a.TGZ", tarred(FILES)),
        ("a.tar", tarred(FILES, "w")),
    ],
)
def test_members_are_named_with_their_path(tmp_path: Path, name: str, data: bytes) -> None:
    assert members(tmp_path, name, data) == (FOUND, [])


def test_a_packed_file_is_the_file(tmp_path: Path) -> None:
    assert members(tmp_path, "a.txt.gz", gzip.compress(b"x")) == ([None], [])
    assert members(tmp_path, "a.jsonl.gz", gzip.compress(FILES["乙.jsonl"])) == (["1", "2"], [])


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_in_an_archive(tmp_path: Path, pack: object) -> None:
    inner = {"in.zip": zipped(FILES), "in.tgz": tarred(FILES)}
    data = zipped(inner) if pack is zipped else tarred(inner)
    name = "a.zip" if pack is zipped else "a.tar.gz"
    assert members(tmp_path, name, data) == ([f"{i}/{m}" for i in inner for m in FOUND], [])


def test_nesting_ends(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"x"})
    for _ in range(4):
        data = zipped({"in.zip": data})
    assert members(tmp_path, "a.zip", data) == ([], [("in.zip/in.zip/in.zip", "nested archives")])
    data = tarred({"a.txt": b"x"})
    for _ in range(4):
        data = tarred({"in.tgz": data})
    assert members(tmp_path, "a.tgz", data) == ([], [("in.tgz/in.tgz/in.tgz", "nested archives")])
    data = b"x"
    for _ in range(5):
        data = gzip.compress(data)
    assert members(tmp_path, "a.txt.gz.gz.gz.gz.gz", data) == ([], [(None, "nested archives")])


@pytest.mark.parametrize("pack", ["zip", "tar.gz"])
@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_a_path_that_leads_out(tmp_path: Path, pack: str, name: str) -> None:
    files = {name: b"x", "b.txt": b"x"}
    data = zipped(files) if pack == "zip" else tarred(files)
    assert members(tmp_path, f"a.{pack}", data) == (["b.txt"], [(name, "unsafe member path")])


@pytest.mark.parametrize("pack", ["zip", "tar.gz"])
def test_files_of_the_system_are_left_out(tmp_path: Path, pack: str) -> None:
    files = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "./a.txt": b"x"}
    data = zipped(files) if pack == "zip" else tarred(files)
    assert members(tmp_path, f"a.{pack}", data) == (["./a.txt"], [])


def test_names_written_in_gbk(tmp_path: Path) -> None:
    plain = zipped({"aaaa.txt": b"x"})
    assert members(tmp_path, "a.zip", plain.replace(b"aaaa", "新闻".encode("gbk"))) == (["新闻.txt"], [])


def test_names_written_in_big5_and_names_that_another_program_misread(tmp_path: Path) -> None:
    plain = zipped({"aaaaaaaa.txt": b"x"})
    assert members(tmp_path, "a.zip", plain.replace(b"aaaaaaaa", "電子商務".encode("big5"))) == (["電子商務.txt"], [])
    for misread in ("新闻.txt".encode("gbk").decode("cp437"), "新闻.txt".encode().decode("latin-1")):
        assert members(tmp_path, "b.zip", zipped({misread: b"x"})) == (["新闻.txt"], [])
    assert members(tmp_path, "c.zip", zipped({"résumé été.txt": b"x"})) == (["résumé été.txt"], [])


def test_names_written_in_gbk_in_a_tar(tmp_path: Path) -> None:
    name = "新闻.txt".encode("gbk").decode("utf-8", "surrogateescape")
    assert members(tmp_path, "a.tar", tarred({name: b"x"}, "w")) == (["新闻.txt"], [])


def test_a_member_packed_in_an_unknown_way(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"x", "b.txt": b"x"}))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 97  # the method in the member's header, and in the directory
    assert members(tmp_path, "a.zip", bytes(data)) == (["b.txt"], [("a.txt", "broken archive")])


def test_a_bomb_of_one_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.sources.stream.MAX_DOCUMENT_BYTES", 10_000)
    bomb = zipped({"a.txt": bytes(1_000_000), "b.txt": b"x"})
    assert members(tmp_path, "a.zip", bomb) == (["b.txt"], [("a.txt", "document too large")])


@pytest.mark.parametrize("pack", ["zip", "tar.gz", "jsonl.gz"])
def test_a_bomb_of_many_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: str) -> None:
    monkeypatch.setattr(archives, "_FREE_BYTES", 100_000)
    lines = b'{"text": "x"}\n' * 200_000
    data = {"zip": zipped({"a.jsonl": lines}), "tar.gz": tarred({"a.jsonl": lines}), "jsonl.gz": gzip.compress(lines)}
    items, rejects = members(tmp_path, f"a.{pack}", data[pack])
    assert [reason for _, reason in rejects] == ["archive expands too far"]
    assert len(items) < 200_000


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    data[6] |= 1  # the flag in the member's header, and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert members(tmp_path, "a.zip", bytes(data)) == ([], [("a.txt", "encrypted member")])


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert members(tmp_path, "a.tar", out.getvalue()) == ([], [("a.txt", "not a file")])


@pytest.mark.parametrize(
    ("name", "data"), [("a.zip", b"PK no"), ("a.tar.gz", b"no"), ("a.gz", b"no"), ("a.tar", b"no")]
)
def test_what_is_no_archive(tmp_path: Path, name: str, data: bytes) -> None:
    assert members(tmp_path, name, data) == ([], [(None, "broken archive")])


def test_a_cut_file_gives_what_it_holds(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(200_000))
    items, rejects = members(tmp_path, "a.jsonl.gz", gzip.compress(lines)[:-9])
    assert len(items) > 1_000
    assert rejects == [(None, "broken archive")]


@settings(deadline=None)
@given(st.sampled_from(["a.zip", "a.tar.gz", "a.tar", "a.txt.gz"]), st.data())
def test_damage_gives_streams_or_reasons(name: str, data: st.DataObject) -> None:
    packed = {
        "a.zip": zipped(FILES),
        "a.tar.gz": tarred(FILES),
        "a.tar": tarred(FILES, "w"),
        "a.txt.gz": gzip.compress(b"x" * 99),
    }
    content = bytearray(packed[name])
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(0, len(content)))]
    for found in entries(Stream(name, None, name, io.BytesIO(content), len(content))):
        if isinstance(found, Stream):
            try:
                found.file.read()
            except InputError:
                continue


def test_what_is_sound_of_a_cut_archive_is_read(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%d"}\n' % n for n in range(50_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-9_000])
    *read, last = find([tmp_path])
    assert len(read) > 10_000
    assert all(isinstance(item, Item) for item in read[:10_000])
    assert isinstance(last, Reject)
    assert last.reason == "broken archive"
