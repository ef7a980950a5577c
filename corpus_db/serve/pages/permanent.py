"""What a page shows → an address that names the version of the corpus, and a note where another version answers it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from corpus_db import sql
from corpus_db.serve.pages.ask import rows
from corpus_db.serve.pages.links import Links, with_arguments

VERSION = "_version"  # argument of our pages; Datasette passes over arguments that begin so
_MAX_VERSION_CHARS = 64


class Permanent(NamedTuple):
    """How a page is cited, and whether this is the version that was cited."""

    address: str | None  # whole, with the version; None: the page can not be cited, or the file names no version
    version: str | None  # of this file
    asked: str | None  # the version that the address names, where that is another one


def version_of(db: sqlite3.Connection) -> str | None:
    """The version that the file names; from a foreign file it may be anything."""
    told = next((r["value"] for r in rows(db, "about") if r["key"] == "version"), None)
    return str(told)[:_MAX_VERSION_CHARS] if told else None


def permanent(version: str | None, args: Mapping[str, str], address: str | None, argument: str = VERSION) -> Permanent:
    """`address`, which leads to the same page in every version, with the one of this file.

    >>> permanent("b2", {"_version": "a1"}, "/c/-/word?q=x")
    Permanent(address='/c/-/word?q=x&_version=b2', version='b2', asked='a1')
    >>> permanent("b2", {"_version": "b2"}, None).asked is None
    True
    """
    asked = args.get(argument) or args.get(VERSION) or None
    cited = with_arguments(address, {argument: version}) if address and version else None
    return Permanent(cited, version, asked if asked != version else None)


def of_query(name: str, version: str | None, args: Mapping[str, str], links: Links) -> Permanent:
    """The same for Datasette's page of a canned query: its own parameters `version` and `seed` where it has them."""
    query = sql.load(name)
    given = {param: args[param] for param in query.params if args.get(param) and param != "version"}
    if "seed" in query.params:
        given.setdefault("seed", "1")
    return permanent(version, args, links.query(name, **given), "version" if "version" in query.params else VERSION)
