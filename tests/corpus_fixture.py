"""Ten short articles → a corpus file as the build writes it, for tests of queries and pages."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from corpus_db import sql
from corpus_db.analysis.spelt import of_name, of_titles
from corpus_db.text.bigrams import bigram_stream, char_kinds
from corpus_db.text.cuts import cuts
from corpus_db.text.fold import fold, fold_aligned, fold_table
from corpus_db.text.segment import segmenter, words
from corpus_db.text.sentences import of_all
from corpus_db.text.stranger import stranger_tokens
from corpus_db.text.tokens import Tokens


class Sample(NamedTuple):
    key: str
    title: str
    body: str
    site: str = "example.com"
    published: str = "2013-12-04"
    publisher: str = "示例报"
    section: str = "科技"


SAMPLES = (
    Sample(
        "a1",
        "电子商务平台的崛起",
        "电商平台增长很快。王芳说：“平台要为店主服务。”\n去年成交额达41.9亿元，超过13,000家店铺。",
    ),
    Sample(
        "a2", "備貨節即將開始", "臺灣的電商平台準備了備貨節，店主們很忙。", site="example.org", published="2014-09-01"
    ),
    Sample(
        "a3", "B2B与O2O", "Ｂ２Ｂ平台和O2O不同。C++程序员用1688.com采购，Taobao 也行。\n平台\n商家", site="example.org"
    ),
    Sample(
        "a4",
        "九亿元的故事",
        "某公司获得9亿元投资，约30%来自海外。2013年5月签约。",
        published="2015-03-10",
        section="财经",
    ),
    Sample(
        "a5",
        "天气",
        "今天下雨。明天晴。",
        site="example.net",
        published="2015-03-11",
        publisher="晴天社",
        section="生活",
    ),
    Sample(
        "a6",
        "电子商务平台的崛起（转载）",
        "电商平台增长很快。王芳说：“平台要为店主服务。”\n去年成交额达41.9亿元。",
        published="2016-01-01",
    ),
    Sample("a7", "王芳谈供应链", "记者：供应链模式是什么？\n王芳表示，供应链模式就是少库存。", section="财经"),
    Sample("a8", "商", "商。商人重利。", site="example.net", published="2016-02-02"),
    Sample("a9", "iPhone 5 and the rest", "iPhone 5 发布。ALL IN 无线，A_B 测试 t+0。", published="2012-01-01"),
    Sample(
        "a10", '<b>标题</b> & "引号"', "正文里有 <script>alert(1)</script> 和 & 符号，还有平台。", site="example.net"
    ),
)
_FIGURES = (
    ("a1", "41.9亿元", 4.19e9, None, "元", "money", "CNY", None, None),
    ("a1", "超过13,000家", 13000.0, None, "家", "count", None, "超过", "店铺"),
    ("a4", "9亿元", 9e8, None, "元", "money", "CNY", None, None),
    ("a4", "约30%", 30.0, None, "%", "percent", None, "约", None),
    ("a6", "41.9亿元", 4.19e9, None, "元", "money", "CNY", None, None),
)
_DATES = (("a4", "2013年5月", "2013-05-01", "2013-05-31", "month", "explicit"),)
_QUOTES = (("a1", "平台要为店主服务。", "王芳", "说", 1), ("a7", "供应链模式就是少库存", "王芳", "表示", 0))


def write_corpus(path: Path, samples: tuple[Sample, ...] = SAMPLES, *, stranger: bool = True) -> Path:
    """A corpus file at `path`."""
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA application_id = {sql.APPLICATION_ID}")
    for statement in (
        *sql.schema_statements(),
        *sql.view_statements(),
        *(sql.stranger_statements() if stranger else ()),
    ):
        db.execute(statement)
    kinds = (("title", None), ("space", None), ("body", None), ("chrome", "footer"))
    db.executemany("INSERT INTO span_kinds VALUES (NULL, ?, ?)", kinds)
    cut = segmenter().cut
    paragraph = sentence = 0
    counts: list[tuple[Sample, Counter[str]]] = []
    for number, sample in enumerate(samples, 1):
        raw = f"{sample.title}\n\n{sample.body}\n"
        db.execute(
            "INSERT INTO sources VALUES (?, ?, NULL, 'text', 'utf-8', ?, ?, x'', ?)",
            (number, f"{sample.key}.txt", len(raw.encode()), len(raw), raw),
        )
        end = len(sample.title)
        starts = (0, end, end + 2, len(raw) - 1)
        db.executemany(
            "INSERT INTO span_starts VALUES (?, ?, ?)", [(number, at, kind) for kind, at in enumerate(starts, 1)]
        )
        found = words(fold(sample.body), cut)
        db.execute(
            """INSERT INTO articles (id, key, source_id, title, author, publisher, site, section, published,
               published_precision, year, body, keywords, chars, words, paragraphs, reprint_of)
               VALUES (?, ?, ?, ?, '李明', ?, ?, ?, ?, 'day', ?, ?, ?, ?, ?, ?, ?)""",
            (
                *(number, sample.key, number, sample.title, sample.publisher, sample.site, sample.section),
                *(sample.published, int(sample.published[:4]), sample.body),
                json.dumps([w for w in dict.fromkeys(found) if len(w) > 1][:3], ensure_ascii=False),
                *(len(sample.body), len(found), sample.body.count("\n") + 1, 1 if sample.key == "a6" else None),
            ),
        )
        texts = (fold(sample.title), fold(sample.body))
        word_lists = [words(text, cut) for text in texts]
        db.execute(
            "INSERT INTO articles_fts (rowid, title, body, title_bigrams, body_bigrams) VALUES (?, ?, ?, ?, ?)",
            (number, *map(" ".join, word_lists), *map(bigram_stream, texts)),
        )
        if stranger:
            db.execute(
                "INSERT INTO articles_search (rowid, title, body) VALUES (?, ?, ?)",
                (number, *(stranger_tokens(cut(text)) for text in texts)),
            )
        counts.append((sample, Counter([*word_lists[0], *word_lists[1]])))
        for place, match in enumerate(re.finditer("[^\n]+", sample.body), 1):
            paragraph += 1
            db.execute(
                "INSERT INTO paragraph_bounds VALUES (?, ?, ?, 'text', ?, ?)",
                (paragraph, number, place, match.start(), match.end()),
            )
        first = paragraph - sample.body.count("\n")
        places = of_all([sample.body])
        lengths = cuts(Tokens([cut(fold_aligned(sample.body))]), places.text, places.start, places.end)
        rows = zip(*(column.tolist() for column in places[1:]), lengths, strict=True)
        for position, (line, start, stop, digits) in enumerate(rows, 1):
            sentence += 1
            db.execute(
                "INSERT INTO sentence_bounds VALUES (?, ?, ?, ?, ?, ?, ?)",
                (sentence, number, first + line, position, start, stop, digits),
            )
    _write_words(db, counts)
    _write_facts(db, {sample.key: (number, sample.body) for number, sample in enumerate(samples, 1)})
    there = set("".join(sample.title + sample.body for sample in samples))
    db.executemany("INSERT INTO folds VALUES (?, ?, ?)", [(c, folded, c in there) for c, folded in fold_table()])
    db.executemany("INSERT INTO char_kinds VALUES (?, ?, ?)", char_kinds())
    rows = [*of_titles(sample.title for sample in samples), *of_name("王芳", "person", 3)]
    db.executemany("INSERT INTO pinyin VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET occurrences = occurrences + 1", rows)
    about = {"title": "示例语料", "description": "Ten short articles.", "licence": "CC0", "segmenter": "rjieba"}
    about["version"] = "ten0"
    db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    db.executemany(
        "INSERT INTO descriptions VALUES (?, ?, ?)", [row for row in sql.description_rows() if row.table_name in known]
    )
    db.execute("INSERT INTO rejects VALUES ('empty.txt', NULL, 'read', 'empty file', 'nothing to read')")
    for statement in (*sql.statements("settings"), *sql.statements("finish"), *sql.statements("indexes")):
        db.execute(statement)
    db.commit()
    db.close()
    return path


def _write_words(db: sqlite3.Connection, counts: list[tuple[Sample, Counter[str]]]) -> None:
    total: Counter[str] = Counter()
    by_year: dict[tuple[str, int], list[int]] = {}
    by_site: dict[tuple[str, str], list[int]] = {}
    for sample, found in counts:
        total.update(found)
        for word, occurrences in found.items():
            for sums in (
                by_year.setdefault((word, int(sample.published[:4])), [0, 0]),
                by_site.setdefault((word, sample.site), [0, 0]),
            ):
                sums[0] += occurrences
                sums[1] += 1
    for word, occurrences in sorted(total.items()):
        years = [year for term, year in by_year if term == word]
        articles = sum(word in found for _, found in counts)
        db.execute(
            "INSERT INTO terms VALUES (?, 'n', ?, ?, ?, ?, 0.5)", (word, occurrences, articles, min(years), max(years))
        )
    db.executemany(
        "INSERT INTO term_years VALUES (?, ?, ?, ?)", [(*key, *sums) for key, sums in sorted(by_year.items())]
    )
    db.executemany(
        "INSERT INTO term_sites VALUES (?, ?, ?, ?)", [(*key, *sums) for key, sums in sorted(by_site.items())]
    )


def _write_facts(db: sqlite3.Connection, articles: dict[str, tuple[int, str]]) -> None:
    def at(key: str, raw: str) -> tuple[int, int, int] | None:
        """(article, sentence, start) of the first `raw` in the body of `key`."""
        if key not in articles or raw not in articles[key][1]:
            return None
        number, body = articles[key]
        start = body.index(raw)
        (sentence,) = db.execute(
            'SELECT id FROM sentence_bounds WHERE article_id = ? AND start <= ? AND "end" > ?', (number, start, start)
        ).fetchone()
        return number, sentence, start

    for key, raw, *rest in _FIGURES:
        if place := at(key, raw):
            db.execute("INSERT INTO figures VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*place, raw, *rest))
    for key, raw, *rest in _DATES:
        if place := at(key, raw):
            db.execute("INSERT INTO dates VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", (*place, raw, *rest))
    db.execute("INSERT INTO entities VALUES (1, '王芳', 'person', '[\"王女士\"]', 3, 3)")
    db.execute("INSERT INTO entities VALUES (2, 'Taobao', 'product', NULL, 1, 1)")
    for key, name, entity in (("a1", "王芳", 1), ("a6", "王芳", 1), ("a7", "王芳", 1), ("a3", "Taobao", 2)):
        if place := at(key, name):
            number, sentence, start = place
            db.execute("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)", (entity, number, sentence, start, name))
    for key, text, speaker, verb, direct in _QUOTES:
        if place := at(key, text):
            db.execute(
                "INSERT INTO quotes VALUES (NULL, ?, ?, ?, ?, 1, ?, ?, ?)", (*place, speaker, verb, text, direct)
            )
    if {"a1", "a6"} <= articles.keys():
        one, two = articles["a1"][0], articles["a6"][0]
        db.executemany(
            "INSERT INTO similar (article_id, other_id, score, relation) VALUES (?, ?, ?, ?)",
            [(one, two, 0.9, "reprint"), (two, one, 0.9, "reprint")],
        )
