"""The survey tells of every portion what its result will be called, before it is read again."""

import contextlib

from corpus_db import find
from corpus_db.crew import Crew
from corpus_db.executors import processes
from corpus_db.kept import Kept
from corpus_db.ledger import identity
from corpus_db.options import Silent
from corpus_db.prepared import Context
from corpus_db.work import Work, survey


def test_portions_are_known_by_what_they_will_be_called(tmp_path, monkeypatch):
    monkeypatch.setattr("corpus_db.portions.BYTES", 100)
    folder = tmp_path / "input"
    folder.mkdir()
    for i in range(12):  # a line that repeats across the site is part of what a result is made from
        (folder / f"{i:02}.txt").write_text(f"第{i}篇。\n第{i}家工厂开张。\n欢迎关注某某网\n", "utf-8")
    (folder / "a.html").write_text("<p>网页上的一篇文章，有一句话。</p>", "utf-8")
    listed = list(find.files([folder], ()))
    crew, context = Crew(processes(1), 1), Context(analyse=False)
    with contextlib.closing(Kept(tmp_path / "x.kept", tmp_path / "x.db", reuse=True)) as kept:
        work = Work(listed, survey(listed, kept, crew.pool, Silent()), context, kept, crew, Silent())
        named = list(work.identities())
        assert named == [identity(result.key, call.portion.places) for call, result in work.results()]
        assert len(named) == len(work.known.portions) > 3
        assert work.known.documents == 13


def test_another_context_is_another_result(tmp_path):
    (tmp_path / "a.txt").write_text("第一篇。\n", "utf-8")
    listed = list(find.files([tmp_path / "a.txt"], ()))
    crew = Crew(processes(1), 1)
    with contextlib.closing(Kept(tmp_path / "x.kept", tmp_path / "x.db", reuse=True)) as kept:
        known = survey(listed, kept, crew.pool, Silent())
        contexts = (Context(), Context(analyse=False), Context(keep_raw=False), Context(lexicon_words=("天天店庆",)))
        named = {tuple(Work(listed, known, context, kept, crew, Silent()).identities()) for context in contexts}
        assert len(named) == len(contexts)
