"""What is in a release → its README.md: a dataset card, for people and for Hugging Face."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from corpus_db.export import parquet
from corpus_db.export.contents import Contents, plain

_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
_MOST_SITES = 50


def write(contents: Contents) -> str:
    """The text of the card."""
    text: str = _template().render(
        front_matter=yaml.safe_dump(_front_matter(contents), allow_unicode=True, sort_keys=False).rstrip(),
        contents=contents,
        sites=[(plain(site or "not stated"), *rest) for site, *rest in contents.sites[:_MOST_SITES]],
        more_sites=max(0, len(contents.sites) - _MOST_SITES),
        added=[parquet.PUBLISHED_DATE, *parquet.SEARCH_COLUMNS],
        has_changes=any(file.path == "CHANGES.md" for file in contents.files),
    )
    return text


def _front_matter(contents: Contents) -> dict[str, Any]:
    """What the Hugging Face Hub reads: https://github.com/huggingface/hub-docs/blob/main/datasetcard.md"""
    articles = contents.counts["articles"]
    licence = (
        {"license": contents.spdx.lower()}
        if contents.spdx
        else {
            "license": "other",
            "license_name": "see-licence-section",
            "license_link": contents.licence_url or "README.md",
        }
    )
    return {
        "pretty_name": contents.title,
        "language": ["zh"],
        **licence,
        "size_categories": [next((name for size, name in _SIZES if articles < size), "n>10M")],
        "task_categories": ["text-retrieval"],
        "tags": ["chinese", "full-text-search", "sqlite", "fts5"],
        "configs": [
            {"config_name": table.name, "data_files": f"parquet/{table.name}.parquet"}
            | ({"default": True} if table.name == "articles" else {})
            for table in contents.tables
            if contents.counts[table.name]
        ],
    }


@cache
def _template() -> Any:
    import jinja2

    environment = jinja2.Environment(
        trim_blocks=True, lstrip_blocks=True, autoescape=False, undefined=jinja2.StrictUndefined
    )
    environment.filters["plain"] = plain
    return environment.from_string(resources.files("corpus_db.export").joinpath("card.md.jinja").read_text("utf-8"))
