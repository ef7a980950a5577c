"""A question → where in articles stand facts of the kind that answers it: days for 什么时候, sums of money for 多少钱.

The facts are those that the build found in the texts; in a file without them (`--only search`) none stand anywhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from corpus_db.search.marks import Mark
from corpus_db.search.question import Question
from corpus_db.text.fold import fold_all

MAX_PLACES = 5_000  # of all articles of a search together
# Article, first character in its body, and words of each fact of a kind; the kinds are those of data/question_words.tsv.
# "+" and CROSS: looked up by article, of which there are few, not by kind.
_FACTS = {
    "date": "SELECT article_id, start, raw FROM dates",
    "duration": "SELECT article_id, start, raw FROM figures WHERE +kind = 'duration'",
    "money": "SELECT article_id, start, raw FROM figures WHERE +kind = 'money'",
    "number": "SELECT article_id, start, raw FROM figures",
    "person": """SELECT article_id, start, raw FROM mentions CROSS JOIN entities ON entities.id = entity_id
                 WHERE +kind = 'person'""",
}


def answer_places(db: sqlite3.Connection, question: Question, ids: Sequence[int]) -> dict[int, list[Mark]]:
    """By article, of those with the `ids`: where in its body facts stand that may answer the question, in no order.

    What the question says itself (2021年 of 2021年谁夺冠) answers nothing.
    """
    places: dict[int, list[Mark]] = {}
    if not question.answers:
        return places
    facts = " UNION ALL ".join(_FACTS[kind] for kind in sorted(question.answers))
    sql = f"SELECT article_id, start, raw FROM ({facts}) WHERE article_id IN (SELECT value FROM json_each(?)) LIMIT ?"
    try:
        rows = db.execute(sql, [json.dumps(list(ids)), MAX_PLACES]).fetchall()
    except sqlite3.OperationalError:  # a file of an older form
        return places
    folded = fold_all([raw for _, _, raw in rows])
    for (article, start, raw), said in zip(rows, folded, strict=True):
        if said.whole not in question.folded:
            places.setdefault(article, []).append((start, start + len(raw)))
    return places
