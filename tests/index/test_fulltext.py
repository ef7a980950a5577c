"""The index written past FTS5 is the one that FTS5 writes: the same pages, to the byte."""

import sqlite3
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db import sql
from corpus_db.executors import Inline
from corpus_db.index import common, gather, pages
from corpus_db.index.by_fts5 import IndexRow, index_row
from corpus_db.index.fulltext import FullText, can_be_written
from corpus_db.index.postings import postings
from corpus_db.index.words import words_of
from corpus_db.text.fold import fold, fold_aligned
from corpus_db.text.segment import segmenter
from corpus_db.text.tokens import cut_of

CREATE = next(s for s in sql.schema_statements() if "CREATE VIRTUAL TABLE articles_fts " in s)
CUT = segmenter().cut
TEXT = st.text(st.sampled_from("电商平台的不可思议abc2.9,'+\x01_#—“（ \n\u3000éか𠀀😀"), max_size=60) | st.text(
    max_size=20
)
FIRST = [("", "之")]  # without two segments FTS5 has nothing to merge, and leaves pages as they come from its hash
PORTIONS = st.lists(st.lists(st.tuples(TEXT, TEXT), max_size=5), max_size=5)


def empty(page_bytes):
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute(CREATE)
    db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('pgsz', ?)", (page_bytes,))
    return db


def by_fts5(portions, page_bytes=pages.PAGE_BYTES, cut=CUT):
    """An index that FTS5 has filled, a segment for each portion, and merged."""
    db, number = empty(page_bytes), 0
    db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 0)")
    columns = ", ".join(IndexRow._fields)
    for portion in [FIRST, *portions]:
        db.execute("BEGIN")
        for title, body in portion:
            number += 1
            row = index_row(title, body, cut)
            db.execute(f"INSERT INTO articles_fts (rowid, {columns}) VALUES (?, ?, ?, ?, ?)", (number, *row))
        db.execute("COMMIT")
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    return db


def past_fts5(portions, page_bytes=pages.PAGE_BYTES, cut=CUT):
    db, number = empty(page_bytes), 1
    index = FullText(db, 0)
    for portion in [FIRST, *portions]:
        texts = [text for article in portion for text in article]
        index.add(made(texts, cut), number)
        number += len(portion)
    index.let_go()
    with index.written(Inline()):
        pass
    return db


def made(texts, cut=CUT):
    """The postings of titles and bodies, one after the other."""
    aligned = list(map(fold_aligned, texts))
    return postings(list(map(fold, texts)), words_of(aligned, cut_of(map(cut, aligned))))


def stored(db):
    """Pages, what finds them, sizes and totals; the number of the segment aside."""
    in_segment = (1 << 37) - 1
    return (
        db.execute("SELECT id & ?, block FROM articles_fts_data WHERE id > 10 ORDER BY 1", (in_segment,)).fetchall(),
        db.execute("SELECT term, pgno FROM articles_fts_idx ORDER BY pgno").fetchall(),
        db.execute("SELECT id, sz FROM articles_fts_docsize ORDER BY id").fetchall(),
        db.execute("SELECT block FROM articles_fts_data WHERE id = 1").fetchall(),
    )


@given(PORTIONS, st.sampled_from([64, 200]))
@example([[("阿里", "b2b " * 300)], [("b2b", "电" * 500), ("", "电商" * 40)]], 64)
@example([[("1688.com", "x" * 40_000 + " " + "x" * 40_001 + " " + "é" * 20_000)]], 64)
def test_every_page_is_the_one_that_fts5_writes(portions, page_bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "PAGE_BYTES", page_bytes)
        ours = past_fts5(portions, page_bytes)
    assert stored(ours) == stored(by_fts5(portions, page_bytes))


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5), st.integers(1, 40))
def test_how_many_tokens_are_put_in_order_at_a_time_changes_nothing(articles, at_once):
    texts = [text for article in articles for text in article]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus_db.index.postings._AT_ONCE", at_once)
        found = made(texts)
    for ours, whole in zip(found, made(texts), strict=True):
        assert list(map(str, ours)) == list(map(str, whole))


LONG = [[("", "电商")] * 200 + [("", "平台")] * 100, [("", "电商 b2b " + "商电" * 70)] * 40] * 2


def test_long_doclists_have_the_indexes_that_fts5_writes(monkeypatch):
    monkeypatch.setattr(pages, "PAGE_BYTES", 64)
    ours = past_fts5(LONG, 64)
    assert stored(ours) == stored(by_fts5(LONG, 64))
    assert heights(ours) == {0, 1}


def test_indexes_of_three_levels_are_sound(monkeypatch):
    # FTS5 itself begins a new page after each thousand, so that its pages can no longer be compared.
    monkeypatch.setattr(pages, "PAGE_BYTES", 64)
    db = opened_again(past_fts5([*LONG * 20, [("", "电商最后")]], 64))
    assert heights(db) == {0, 1, 2}
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    found = db.execute('SELECT rowid FROM articles_fts WHERE articles_fts MATCH \'"电商" AND "商最"\'').fetchall()
    assert found == [(20 * sum(map(len, LONG)) + 2,)]


def heights(db):
    """Levels of the indexes of doclists."""
    return {number >> 31 & 31 for number, _ in stored(db)[0] if number >> 36 & 1}


def test_common_tokens_are_those_of_the_index_by_either_way(monkeypatch):
    monkeypatch.setattr(common, "FEWEST", 20)
    articles = [("电商", f"平台{number}" + "买卖" * (number % 3 == 0)) for number in range(60)]
    db = empty(pages.PAGE_BYTES)
    index = FullText(db, 0)
    texts = [text for article in articles for text in article]
    index.add(made(texts), 1)
    with index.written(Inline()):
        pass
    assert index.common_tokens() == common.of_index(opened_again(db), 60)
    shares = dict(index.common_tokens())
    assert shares["电商"] == shares["平台"] == 1 and shares["买卖"] == round(1 / 3, 4)
    assert "3" not in shares and all(share > 0.05 for share in shares.values())
    monkeypatch.setattr(common, "FEWEST", 61)
    assert index.common_tokens() == common.of_index(opened_again(db), 60) == []


def test_a_name_with_spaces_is_parted_as_fts5_does():
    def cut(text):
        return ["toys r us", "'", "电商"] if text == "toys r us'电商" else [text] if text else []

    portions = [[("之", "toys r us'电商"), ("", "之"), ("toys r us'电商", "")]]
    assert stored(past_fts5(portions, cut=cut)) == stored(by_fts5(portions, cut=cut))


@given(PORTIONS)
def test_fts5_finds_the_index_sound_and_goes_on_with_it(portions):
    db = opened_again(past_fts5(portions))
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    articles = sum(map(len, portions)) + 1
    db.execute("INSERT INTO articles_fts (rowid, body) VALUES (?, '电商')", (articles + 1,))
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    found = db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'body : 电商'").fetchall()
    assert (articles + 1,) in found


@given(PORTIONS, st.integers(1, 5))
def test_ranges_of_terms_put_away_on_disk_make_the_same_index(portions, ranges):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gather, "_HELD_BYTES", 500)
        patch.setattr(FullText, "__init__", _with_ranges(ranges))
        parted = past_fts5(portions)
    parted.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    assert entries(parted) == entries(past_fts5(portions))


def _with_ranges(ranges):
    made = FullText.__init__

    def init(self, db, _):
        made(self, db, (ranges - 1) * gather._RANGE_BYTES)

    return init


def opened_again(db):
    copy = sqlite3.connect(":memory:", isolation_level=None)
    db.backup(copy)
    return copy


def entries(db):
    db.execute("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, articles_fts, instance)")
    return db.execute("SELECT * FROM entries").fetchall()


def test_ranges_are_in_order(monkeypatch):
    monkeypatch.setattr(gather, "_ONE_IN", 1)
    bodies = ["".join(map(chr, range(0x4E00 + n, 0x4E40 + n))) for n in range(0, 2_000, 40)]
    gathered = gather.Gathered(5 * gather._RANGE_BYTES)
    for n, body in enumerate(bodies):
        gathered.add(made(["", body], lambda text: [text] if text else []), n + 1)
        if n % 7 == 0:
            gathered._put_away()
    heads = [[int(head) for piece in pieces for head in piece.heads] for pieces in gathered.ranges()]
    assert len(heads) == 6
    assert all(max(one) < min(other) for one, other in pairwise(heads))


def test_a_sqlite_that_guards_its_tables_is_told_apart():
    db = empty(pages.PAGE_BYTES)
    assert can_be_written(db)
    db.set_authorizer(lambda action, table, *_: int(action == sqlite3.SQLITE_DELETE and table == "articles_fts_data"))
    assert not can_be_written(db)


def test_pages_are_as_large_as_the_settings_say():
    assert ("'pgsz'", str(pages.PAGE_BYTES)) in [
        tuple(part.strip() for part in statement.split("VALUES (")[1].rstrip(")").split(","))
        for statement in sql.statements("settings")
        if "pgsz" in statement
    ]
