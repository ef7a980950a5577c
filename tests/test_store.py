"""What the writer adds to what it is given: keys that tell articles apart, and the sentence that an offset lies in."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.store import SentenceStarts


@given(st.sets(st.integers(1, 60)), st.integers(0, 80))
def test_an_offset_lies_in_the_last_sentence_that_begins_at_or_before_it(starts, offset):
    starts = [0, *sorted(starts)]
    assert SentenceStarts(7, starts).at(offset) == 7 + max(i for i, start in enumerate(starts) if start <= offset)


def test_an_article_without_sentences_has_none():
    assert SentenceStarts(0, []).at(3) is None


def test_articles_of_one_key_get_numbers_in_one_batch_and_across_batches(corpus, monkeypatch):
    monkeypatch.setattr("corpus_db.portions.MOST_ITEMS", 2)
    line = '{{"id": "{}", "title": "题目", "text": "这里有一些正文，足够成为第{}篇文章。"}}\n'
    db = corpus({"a.jsonl": "".join(line.format(key, n) for n, key in enumerate(["a", "a", "a#2", "b", "a"]))})
    keys = [key for (key,) in db.execute("SELECT key FROM articles ORDER BY id")]
    assert keys == ["a", "a#2", "a#2#2", "b", "a#3"]
