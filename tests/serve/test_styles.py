"""The style sheet of our pages: every colour can be read on every ground, in light and in dark (WCAG 2.1, 1.4.3)."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from corpus_db.serve import assets
from corpus_db.serve import datasette as plugin

STYLES = (Path(assets.__file__).parent / "styles" / "pages.css").read_text("utf-8")
TABLE_STYLES = (Path(assets.__file__).parent / "styles" / "tables.css").read_text("utf-8")
DATASETTES_INK = "#111a35"  # the colour of text in Datasette's app.css
THEMES = [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in re.findall(r":root \{(.*?)\}", STYLES, re.DOTALL)]
INKS = ("ink", "dim", "link", "accent", "person", "organisation", "product", "place", "event")
GROUNDS = ("paper", "raised", "hit", "target", "figure", "date")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_text_can_be_read(theme: dict[str, str]) -> None:
    pairs = {(ink, ground): contrast(theme[ink], theme[ground]) for ink, ground in product(INKS, GROUNDS)}
    assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}
    assert contrast(theme["paper"], theme["link"]) >= 4.5  # the button


def test_every_colour_is_one_of_those() -> None:
    rules = STYLES.partition("* { box-sizing")[2]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []
    used = set(re.findall(r"(?<!-)color: var\(--(\w+)\)", rules)) | set(re.findall(r"\bfill: var\(--(\w+)\)", rules))
    assert used - {"paper", "line"} <= set(INKS)  # the button's text; a bar of nothing
    assert set(re.findall(r"background: var\(--(\w+)\)", rules)) - {"link"} <= set(GROUNDS)


def test_what_stands_on_datasettes_pages_can_be_read() -> None:
    grounds = re.findall(r"background: (#\w{6})", TABLE_STYLES)
    assert len(grounds) > 1
    assert {ground for ground in grounds if contrast(DATASETTES_INK, ground) < 4.5} == set()


def test_nothing_comes_from_elsewhere() -> None:
    for styles in (STYLES, TABLE_STYLES):
        assert "url(" not in styles
        assert "@import" not in styles


@pytest.mark.parametrize("name", ["templates", "static"])
def test_datasette_finds_nothing_that_it_would_take_for_its_own(name: str) -> None:
    """From Python 3.12 on, it asks the folder that a plugin's module lies in: `base.html` there would be that of all pages."""
    assert not Path(plugin.__file__).with_name(name).exists()
