"""Asking a built file: query language, marks and snippets, ranked search, what to try where nothing is found."""

from corpus_db.search.context import Collocate, Line, collocates, concordance
from corpus_db.search.database import connect, register, zh_segment
from corpus_db.search.language import Filter, Query, Term, parse, zh_query
from corpus_db.search.marks import Snippet, zh_highlight, zh_snippet
from corpus_db.search.question import zh_query_any
from corpus_db.search.relax import Relaxation, relaxations
from corpus_db.search.searching import Hit, found_ids, search
from corpus_db.search.segmenting import drift

__all__ = [
    "Collocate",
    "Filter",
    "Hit",
    "Line",
    "Query",
    "Relaxation",
    "Snippet",
    "Term",
    "collocates",
    "concordance",
    "connect",
    "drift",
    "found_ids",
    "parse",
    "register",
    "relaxations",
    "search",
    "zh_highlight",
    "zh_query",
    "zh_query_any",
    "zh_segment",
    "zh_snippet",
]
