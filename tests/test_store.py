"""What the writer adds to what it is given: keys that tell articles apart."""

from corpus_db import sources
from corpus_db.clean import clean
from corpus_db.prepare import prepare
from corpus_db.prepared import Context, Prepared
from corpus_db.records import Item
from corpus_db.store import Store


def prepared(text: str) -> Prepared:
    (document,) = prepare([Item("a.txt", None, "text", text, "utf-8")], Context(analyse=False)).documents
    assert isinstance(document, Prepared)
    return document


def test_articles_of_one_key_get_numbers_in_one_portion_and_across_portions(corpus, monkeypatch):
    monkeypatch.setattr("corpus_db.portions.MOST_ITEMS", 2)
    line = '{{"id": "{}", "title": "题目", "text": "这里有一些正文，足够成为第{}篇文章。"}}\n'
    db = corpus({"a.jsonl": "".join(line.format(key, n) for n, key in enumerate(["a", "a", "a#2", "b", "a"]))})
    keys = [key for (key,) in db.execute("SELECT key FROM articles ORDER BY id")]
    assert keys == ["a", "a#2", "a#2#2", "b", "a#3"]


def test_spans_and_estimated_titles_are_as_cleaning_made_them(seeds):
    for number, path, format_, raw in seeds.execute("SELECT id, path, format, raw FROM sources").fetchall():
        cleaned = clean(sources.read(Item(path, None, format_, raw, "utf-8")))
        spans = 'SELECT start, "end", role, reason FROM spans WHERE source_id = ? ORDER BY start'
        assert seeds.execute(spans, [number]).fetchall() == list(cleaned.spans)
        title = "SELECT title_estimated FROM articles WHERE source_id = ?"
        assert seeds.execute(title, [number]).fetchone() == (cleaned.article.title_estimated,)


def test_an_estimated_title_may_stand_anywhere_in_the_body(tmp_path):
    document = prepared("第一句。第二句。")
    article = document.article._replace(title_estimated="第二句。")
    store = Store(tmp_path / "a.db", Context(analyse=False), input_bytes=0)
    store.add([document._replace(article=article)])
    found = store.db.execute("SELECT title, title_estimated, title_start, title_end FROM articles").fetchone()
    assert found == (None, "第二句。", 4, 8)
    store.close()
