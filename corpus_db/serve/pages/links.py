"""What a page points to → addresses; and which addresses out of a corpus are safe to point to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from corpus_db.serve import assets
from corpus_db.serve.profile import queries_beside_tables
from corpus_db.serve.tell import is_told

_WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+", re.I)
_MAX_URL_CHARS = 2_000


def web_address(value: object) -> str | None:
    """`value`, if it is an http or https address without characters that hide where it leads; else None.

    >>> web_address("https://example.com/商?a=1"), web_address("javascript:alert(1)"), web_address("http://a\u202eb.com")
    ('https://example.com/商?a=1', None, None)
    """
    if isinstance(value, str) and len(value) <= _MAX_URL_CHARS and _WEB.fullmatch(value):
        return value
    return None


class Links(NamedTuple):
    """The addresses inside one corpus."""

    database: str  # address of the database's own page
    style: str  # address of the style sheet
    queries: dict[str, str]  # query → the name that this Datasette knows it by

    def home(self) -> str:
        """The home page of the corpus."""
        return f"{self.database}/-/home"

    def search(self, **asked: object) -> str:
        """The search page, with what is asked for."""
        return f"{self.database}/-/search{_query(asked)}"

    def word(self, q: str = "", /, **asked: object) -> str:
        """The page of a word, or the one that asks for a word."""
        return f"{self.database}/-/word{_query({'q': q, **asked})}"

    def chart(self, name: str, /, **asked: object) -> str:
        """The picture of a canned query's rows."""
        return f"{self.database}/-/chart/{name}.svg{_query(asked)}"

    def article(self, id: int, sentence: int | None = None, /, **asked: object) -> str:
        """An article, at the sentence with that id."""
        return f"{self.database}/-/article/{id}{_query(asked)}{f'#s{sentence}' if sentence else ''}"

    def key(self, key: str, /, **asked: object) -> str:
        """An article by its key, which stays the same from build to build."""
        return f"{self.database}/-/article{_query({'key': key, **asked})}"

    def entity(self, id: int, /, **asked: object) -> str:
        """The dossier of a name."""
        return f"{self.database}/-/entity/{id}{_query(asked)}"

    def named(self, name: str, kind: str = "", /) -> str:
        """A dossier by its name and kind, which stay the same from build to build."""
        return f"{self.database}/-/entity{_query({'name': name, 'kind': kind})}"

    def feed(self, **asked: object) -> str:
        """The newest articles as an Atom feed: all, or those that a search or a name finds."""
        return f"{self.database}/-/feed.atom{_query(asked)}"

    def table(self, name: str, /, **asked: object) -> str:
        """Datasette's page of a table or view; of a `name` that ends in .csv or .json, its rows in that format."""
        return f"{self.database}/{name}{_query(asked)}"

    def query(self, name: str, /, **asked: object) -> str:
        """Datasette's page of a canned query; of a `name` that ends in .csv or .json, its rows in that format."""
        name, dot, format = name.partition(".")
        return f"{self.database}/{self.queries[name]}{dot}{format}{_query(asked)}"


def links(datasette: Any, database: str, profile: dict[str, Any]) -> Links:
    """The addresses of a corpus in `datasette`, where `profile` is what is told about it."""
    queries = list(profile["queries"])
    # Datasette 1.0 knows a query that is called as a table under another name, see `queries_beside_tables`.
    names = queries_beside_tables(profile) if is_told(datasette) else queries
    return Links(
        database=datasette.urls.database(database),
        style=datasette.urls.path(assets.PAGES_STYLE),
        queries=dict(zip(queries, names, strict=True)),
    )


def with_arguments(address: str, asked: Mapping[str, object]) -> str:
    """`address` with further arguments behind its own.

    >>> with_arguments("/c/-/home", {"_version": "a"}), with_arguments("/c/x?q=1", {"_version": "a"})
    ('/c/-/home?_version=a', '/c/x?q=1&_version=a')
    """
    query = _query(asked)
    return address + (f"&{query[1:]}" if query and "?" in address else query)


def _query(asked: Mapping[str, object]) -> str:
    given = {name: value for name, value in asked.items() if value not in (None, "", False)}
    return f"?{urlencode(given)}" if given else ""
