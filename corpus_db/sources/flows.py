"""What a document says, bit by bit → blocks: its text, and the notes and text boxes that stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_db.sources.base import MAX_PIECES, too_much_markup
from corpus_db.sources.word import TEXT, Block, paragraph_of, row_of


@dataclass
class _Flow:
    """What was said in the text, in a note, or in a text box."""

    note: str = ""  # its number
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # of the paragraph that is open
    notes: list[str] = field(default_factory=list)  # that it refers to
    behind: list[Block] = field(default_factory=list)  # the text boxes in it
    cells: list[list[Block]] = field(default_factory=lambda: [[]])  # of the row that is open, the last one open too


class Flows:
    """What was said, and the notes and text boxes that are open.

    >>> flows = Flows()
    >>> flows.say("早市")
    >>> flows.begin_note()
    >>> flows.say("注")
    >>> flows.end_aside()
    >>> flows.end_paragraph()
    >>> flows.blocks[0].html, flows.notes
    ('早市<sup>1</sup>', {'1': '注'})
    """

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}  # HTML of those that have ended
        self._open = [_Flow()]
        self._numbered = self._paragraphs = 0

    @property
    def blocks(self) -> list[Block]:
        """Those of the text."""
        return self._open[0].blocks

    def say(self, html: str) -> None:
        """Go on in the paragraph that is open."""
        self._open[-1].parts.append(html)

    def end_paragraph(self, level: int = TEXT, *, is_in_table: bool = False) -> None:
        """Raises `InputError` for more paragraphs than an article can have."""
        flow = self._open[-1]
        if not is_in_table:
            self._close_row()
        block = paragraph_of(level, "".join(flow.parts), tuple(flow.notes))
        (flow.cells[-1] if is_in_table else flow.blocks).extend((block, *flow.behind))
        flow.parts, flow.notes, flow.behind = [], [], []
        self._paragraphs += 1
        if self._paragraphs > MAX_PIECES:
            raise too_much_markup()

    def end_page(self, level: int = TEXT, *, is_in_table: bool = False) -> None:
        """End the paragraph that is open, if it says something."""
        if self._open[-1].parts or self._open[-1].behind:
            self.end_paragraph(level, is_in_table=is_in_table)

    def end_cell(self) -> None:
        self.end_paragraph(is_in_table=True)
        self._open[-1].cells.append([])

    def end_row(self) -> None:
        self.end_page(is_in_table=True)
        self._close_row()

    def begin_note(self) -> None:
        self._numbered += 1
        self._open[-1].notes.append(str(self._numbered))
        self.say(f"<sup>{self._numbered}</sup>")
        self._open.append(_Flow(str(self._numbered)))

    def begin_box(self) -> None:
        self._open.append(_Flow())

    def end_aside(self) -> None:
        """End the note or text box that began last."""
        self.end_flow()
        flow = self._open.pop()
        if not flow.note:
            self._open[-1].behind += flow.blocks
        elif html := "<br>".join(block.html for block in flow.blocks if block.html.strip()):
            self.notes[flow.note] = html

    def end_flow(self) -> None:
        """End what is open, other than notes and text boxes."""
        self.end_page()
        self._close_row()

    def _close_row(self) -> None:
        flow = self._open[-1]
        flow.blocks += row_of(flow.cells if flow.cells[-1] else flow.cells[:-1])
        flow.cells = [[]]
