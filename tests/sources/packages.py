"""Office documents and e-books as small as can be, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)

# What becomes of a document of a title, a heading of the second level, and 甲<乙.
PIECES = [
    ("<title>", "markup", "tag", None),
    ("早市", "title", "title", None),
    ("</title>\n<h2>", "markup", "tag", None),
    ("蔬菜", "body", "heading", None),
    ("</h2>\n<p>", "markup", "tag", "\n"),
    ("甲", "body", "text", None),
    ("&lt;", "body", "escape", "<"),
    ("乙", "body", "text", None),
    ("</p>\n", "markup", "tag", "\n"),
]


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts in a zip; the type of an OpenDocument or EPUB stands in it as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def related(**targets: str) -> str:
    """The relations of a part: kind → target."""
    rows = (
        f'<Relationship Id="{k}" Type="{RELATIONS}/{k.rstrip("0123456789")}" Target="{t}"/>' for k, t in targets.items()
    )
    return f"<Relationships>{''.join(rows)}</Relationships>"


def paragraph(text: str, style: str = "", more: str = "") -> str:
    """A paragraph of one run; `text` is escaped already."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


STYLES = "".join(
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("a", "Title", ""),
        ("2", "heading 1", ""),
        ("3", "heading 2", ""),
        ("own", "栏目", '<w:basedOn w:val="3"/>'),
        ("outline", "小题", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("toc", "toc 1", ""),
        ("loop", "一", '<w:basedOn w:val="pool"/>'),
        ("pool", "二", '<w:basedOn w:val="loop"/>'),
    )
)


def docx(body: str, title: str = "", footnotes: str = "", **more: str | bytes) -> bytes:
    """A Word document."""
    return packed(
        {
            "_rels/.rels": related(**{"officeDocument": "word/document.xml", "core-properties": "docProps/core.xml"}),
            "word/_rels/document.xml.rels": related(styles="styles.xml", footnotes="footnotes.xml"),
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {WORD}>{STYLES}</w:styles>",
            "word/footnotes.xml": f"<w:footnotes {WORD}>{footnotes}</w:footnotes>",
            "docProps/core.xml": f"<p:coreProperties xmlns:p='p' xmlns:dc='d'><dc:creator>打字员</dc:creator><dc:title>{title}</dc:title></p:coreProperties>",
            **more,
        }
    )


def xlsx(
    sheets: Mapping[str, str], strings: Sequence[str] = (), formats: Sequence[str] = (), properties: str = ""
) -> bytes:
    """A workbook: name of each sheet → its rows in XML; `formats`: the number formats that cells are styled with."""
    listed = "".join(f'<sheet name="{name}" r:id="worksheet{n}"/>' for n, name in enumerate(sheets))
    own = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats))
    used = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    return packed(
        {
            "_rels/.rels": related(officeDocument="/xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": related(
                sharedStrings="sharedStrings.xml",
                styles="styles.xml",
                **{f"worksheet{n}": f"worksheets/{n}.xml" for n in range(len(sheets))},
            ),
            "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>',
            "xl/sharedStrings.xml": f"<sst>{''.join(f'<si>{one}</si>' for one in strings)}</sst>",
            "xl/styles.xml": f"<styleSheet><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>",
            **{
                f"xl/worksheets/{n}.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
                for n, rows in enumerate(sheets.values())
            },
        }
    )


def row(*texts: str) -> str:
    """A row of texts, as programs write it that do not share strings."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


OPEN = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("svg", "svg-compatible"), ("manifest", "manifest")),
    )
)
OPEN_STYLES = "".join(
    f'<style:style style:name="{name}" style:parent-style-name="{parent}"/>'
    for name, parent in (
        ("Title", ""),
        ("Heading_20_2", "Heading"),
        ("P1", "Title"),
        ("loop", "pool"),
        ("pool", "loop"),
    )
)


def odt(body: str, title: str = "", **more: str | bytes) -> bytes:
    """An OpenDocument text."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {OPEN}><office:automatic-styles>{OPEN_STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:m {OPEN} xmlns:dc='d'><dc:creator>打字员</dc:creator><dc:title>{title}</dc:title></office:m>",
            **more,
        }
    )


def epub(chapters: Mapping[str, str], metadata: str = "", **more: str | bytes) -> bytes:
    """An e-book of these pages, in this order."""
    items = "".join(f'<item id="{name}" href="text/{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"'
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS/book.opf": f"<package {dublin}><metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OPS/text/{name}": page for name, page in chapters.items()},
            **more,
        }
    )
