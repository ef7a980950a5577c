"""How well a file answers questions: the figures, and what is no file of questions."""

import contextlib

import pytest

from corpus_db.errors import UsageError
from corpus_db.evaluate import evaluate
from corpus_db.search import connect


@pytest.fixture
def db(corpus_path):
    with contextlib.closing(connect(corpus_path)) as db:
        yield db


def test_evaluation(db, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "text": "备货节", "relevant": ["a2"]}\n\n{"text": "龘", "relevant": ["a1"]}\n')
    figures = evaluate(db, questions, "all")
    assert {name: figures[name] for name in ("queries", "mrr@10", "recall@1", "recall@10", "zero_hits")} == {
        "queries": 2,
        "mrr@10": 0.5,
        "recall@1": 0.5,
        "recall@10": 0.5,
        "zero_hits": 1,
    }
    questions.write_text('{"text": "备货节"}\n')
    with pytest.raises(UsageError, match=r"questions\.jsonl:1: not a question"):
        evaluate(db, questions)
    questions.write_text("")
    with pytest.raises(UsageError, match="no question in it"):
        evaluate(db, questions)
