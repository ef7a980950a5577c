"""datapackage.json, croissant.json and README.md, as the tools that they are for read them."""

from __future__ import annotations

import json
import sqlite3

import pytest
import yaml

from corpus_db.export import card
from corpus_db.export.contents import Contents
from corpus_db.export.tables import TABLES


def test_frictionless_finds_the_data_package_valid(seeds_release):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(seeds_release / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    rows = {task.name: task.stats.get("rows") or 0 for task in report.tasks}
    db = sqlite3.connect(seeds_release / "corpus.db")
    for name in TABLES:
        assert rows[name] == db.execute(f"SELECT count(*) FROM {name}").fetchone()[0], name


def test_the_data_package_names_licence_sources_keys_and_references(release):
    text = (release / "datapackage.json").read_text("utf-8")
    assert '"title": "示例语料"' in text  # for people to read: no \\u793a
    package = json.loads(text)
    assert package["licenses"] == [{"path": "README.md", "title": "CC0"}]
    assert {"title": "example.org"} in package["sources"]
    schemas = {r["name"]: r["schema"] for r in package["resources"] if "schema" in r}
    keys = {name: schema.get("primaryKey") for name, schema in schemas.items()}
    assert keys["similar"] == ["article_id", "other_id"]
    assert (keys["articles"], keys["terms"], keys["rejects"]) == (["id"], ["term"], None)
    references = {key["fields"][0]: key["reference"] for key in schemas["figures"]["foreignKeys"]}
    assert references["article_id"] == {"resource": "articles", "fields": ["id"]}
    assert all(field["description"] for schema in schemas.values() for field in schema["fields"])


def test_mlcroissant_finds_croissant_valid_and_loads_it(seeds_release):
    mlcroissant = pytest.importorskip("mlcroissant", reason="not installed on Python 3.10: its pip does not resolve it")
    dataset = mlcroissant.Dataset(jsonld=str(seeds_release / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    assert {record_set.name for record_set in dataset.metadata.record_sets} == set(TABLES)
    db = sqlite3.connect(seeds_release / "corpus.db")
    for name in ("articles", "entities", "dates", "quotes"):
        (count,) = db.execute(f"SELECT count(*) FROM {name}").fetchone()
        assert len(list(dataset.records(record_set=name))) == count
    first = next(iter(dataset.records(record_set="articles")))
    assert first["articles/title"].decode() == db.execute("SELECT title FROM articles").fetchone()[0]


def test_the_card_is_one_that_the_hub_reads(release):
    _, front, text = (release / "README.md").read_text("utf-8").split("---\n", 2)
    facts = yaml.safe_load(front)
    assert facts["language"] == ["zh"]
    assert facts["size_categories"] == ["n<1K"]
    (default,) = [config for config in facts["configs"] if config.get("default")]
    assert default == {"config_name": "articles", "data_files": "parquet/articles.parquet", "default": True}
    for config in facts["configs"]:
        assert (release / config["data_files"]).is_file()
    assert "| `articles` | 10 |" in text
    assert "| example.com | 5 |" in text
    assert "CC0" in text


def test_the_card_names_the_largest_sites_and_counts_the_rest():
    sites = [(f"{number}.example", 1, None, None) for number in range(60)]
    text = card.write(Contents({}, (), {"articles": 60}, sites, 0))
    assert "| 49.example | 1 | not stated |" in text
    assert "50.example" not in text
    assert "And 10 more sites." in text


@pytest.mark.parametrize(
    ("licence", "spdx", "url"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0.html"),
        ("https://example.com/terms", None, "https://example.com/terms"),
        ("the texts belong to their publishers", None, None),
    ],
)
def test_a_licence_is_an_identifier_an_address_or_a_sentence(licence, spdx, url):
    contents = Contents({"licence": licence}, (), {}, [], 0)
    assert (contents.spdx, contents.licence_url) == (spdx, url)
