"""The pages of a served corpus as HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlencode

from datasette.app import Datasette

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Html(HTMLParser):
    """Reads a page, and notes what is wrong with its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> stays open" for tag in self.open]
        self.problems += [f"id {id} twice" for id in set(self.ids) if self.ids.count(id) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if len(found) < len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        if tag == "a" and "a" in self.open:
            self.problems.append(f"a link in a link: {found}")
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.hrefs += [found["href"] or ""] if "href" in found else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> out of place")


async def get(datasette: Datasette, path: str, language: str = "en", /, **args: str) -> str:
    response = await datasette.client.get(
        path + (f"?{urlencode(args)}" if args else ""), headers={"accept-language": language}
    )
    assert response.status_code == 200, response.text
    return str(response.text)
