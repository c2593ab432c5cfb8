"""The comments of a sheet: ours put beside those that are there, and ours of an earlier marking taken away again.

Comments are known by their words, not by an author or an id: other programs give those anew when they save a file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fundtracker.domain.problems import Severity
from fundtracker.imports.limits import Limits
from fundtracker.imports.marking.job import Told, address, cell_of
from fundtracker.imports.marking.xml_edits import MAIN, Edits, Element, Visit, escaped, held, prefix_of, walk

Cell = tuple[int, int]

EMPTY: Final = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
WORDS: Final = {Severity.ERROR: "Error: put this right", Severity.WARNING: "Warning: look at this again"}
"""How a comment begins."""
LAST_WORDS: Final = "(The first sheet lists everything that was found in this form.)"
_OURS = re.compile(
    rf"(?:\A|\n\n)(?:{'|'.join(map(re.escape, WORDS.values()))})\n.*?(?:{re.escape(LAST_WORDS)}|\Z)",
    re.DOTALL,
)
_LONGEST = 2_000
"""Characters of our part of a comment; the sheet of issues has the whole."""
_CONVERSATION = "tc="
"""Begins the author of what stands in for a threaded comment: words put into it would be lost."""


@dataclass(slots=True)
class _Run:
    """One piece of a comment's text: its element (a run, or the bare <t>), where its text stands, and the text."""

    whole: Element
    text: Element | None = None
    words: str = ""


@dataclass(slots=True)
class Comment:
    cell: Cell
    author: str
    element: Element
    body: Element | None = None
    runs: list[_Run] = field(default_factory=list[_Run])

    @property
    def text(self) -> str:
        return "".join(run.words for run in self.runs)

    @property
    def is_conversation(self) -> bool:
        return self.author.startswith(_CONVERSATION)


@dataclass(slots=True)
class Comments:
    """A sheet's comments as they stand in their part."""

    data: bytes
    root: Element
    authors: list[str] = field(default_factory=list[str])
    all: dict[Cell, Comment] = field(default_factory=dict[Cell, Comment])
    top: dict[str, Element] = field(default_factory=dict[str, Element])


def read(data: bytes, limits: Limits) -> Comments:
    """ExpatError, ValueError or KeyError where the part is not one of comments."""
    reader = _Reader(data)
    reader.found.root = walk(data, Visit(reader.start, reader.end, reader.pieces.append), limits)
    if not {"authors", "commentList"} <= reader.found.top.keys():
        raise ValueError("no list of comments")
    return reader.found


class _Reader:
    """The comments, as their elements come by."""

    def __init__(self, data: bytes) -> None:
        self.found = Comments(data, Element("", {}, 0, 0))
        self.pieces: list[str] = []
        self._path: list[str] = []
        self._comment: Comment | None = None

    def start(self, element: Element) -> None:
        self._path.append(element.name)
        match self._path[1:]:
            case ["commentList", "comment"]:
                about = element.attributes
                number = int(about.get("authorId", 0))
                author = self.found.authors[number] if number < len(self.found.authors) else ""
                self._comment = Comment(cell_of(about["ref"]), author, element)
                self.found.all[self._comment.cell] = self._comment
            case ["commentList", "comment", "text", ("r" | "t")] if self._comment is not None:
                self._comment.runs.append(_Run(element))
            case _:
                pass
        if element.name in {"t", "author"}:
            self.pieces.clear()

    def end(self, element: Element) -> None:
        match self._path[1:]:
            case [("authors" | "commentList") as name]:
                self.found.top[name] = element
            case ["authors", "author"]:
                self.found.authors.append("".join(self.pieces))
            case ["commentList", "comment", *inside] if self._comment is not None:
                self._end_inside(self._comment, inside, element)
            case _:
                pass
        self._path.pop()

    def _end_inside(self, comment: Comment, inside: list[str], element: Element) -> None:
        match inside:
            case ["text"]:
                comment.body = element
            case ["text", "t"] | ["text", "r", "t"]:
                comment.runs[-1].text = element
                comment.runs[-1].words += "".join(self.pieces)
            case _:
                pass


def without_ours(comments: Comments) -> tuple[bytes, list[Cell]]:
    """The part without what an earlier marking wrote, and the cells whose comment went altogether."""
    edits = Edits(comments.data)
    gone: list[Cell] = []
    for comment in comments.all.values():
        match = _OURS.search(comment.text)
        if match is None:
            continue
        if not _OURS.sub("", comment.text).strip():
            edits.remove(comment.element)
            gone.append(comment.cell)
        else:
            _cut(edits, comment, *match.span())
    return edits.result(), gone


def _cut(edits: Edits, comment: Comment, first: int, last: int) -> None:
    """Take a stretch of a comment's text out of the runs it goes through."""
    at = 0
    for run in comment.runs:
        begin, end = at, at + len(run.words)
        at = end
        if run.text is None or end <= first or begin >= last:
            continue
        kept = run.words[: max(0, first - begin)] + run.words[max(0, last - begin) :]
        if kept:
            name = prefix_of(edits.data, run.text) + "t"
            new = f'<{name} xml:space="preserve">{escaped(kept)}</{name}>'
            edits.replace(run.text.start, run.text.end, new.encode())
        else:
            edits.remove(run.whole)


def with_ours(comments: Comments, ours: Mapping[Cell, Sequence[tuple[str, str]]], author: str) -> bytes:
    """The part with our words for each cell, behind those that stand there already. Conversations stay as they are."""
    edits = Edits(comments.data)
    p = prefix_of(comments.data, comments.root)
    added: list[str] = []
    for cell, parts in sorted(ours.items()):
        there = comments.all.get(cell)
        if there is None:
            text = _runs(parts, p)
            added.append(
                f'<{p}comment ref="{address(*cell)}" authorId="{len(comments.authors)}" shapeId="0"><{p}text>{text}</{p}text></{p}comment>'
            )
        elif not there.is_conversation:
            (bold, plain), *more = parts
            between = "\n\n" if there.text else ""
            _append(edits, there, _runs([(between + bold, plain), *more], p), p)
    if added:
        edits.append(comments.top["authors"], f"<{p}author>{escaped(held(author))}</{p}author>")
        edits.append(comments.top["commentList"], "".join(added))
    return edits.result()


def _append(edits: Edits, there: Comment, runs: str, p: str) -> None:
    """Behind the runs that are there; a bare text becomes a run, since few programs expect both."""
    if there.body is None:
        return
    if not there.runs:
        edits.append(there.body, runs)
        return
    for run in there.runs:
        if run.whole.name == "t":
            edits.insert(run.whole.start, f"<{p}r>")
            edits.insert(run.whole.end, f"</{p}r>")
    edits.insert(there.runs[-1].whole.end, runs)


def parts_of(told: Sequence[Told]) -> list[tuple[str, str]]:
    """What a comment says, as pairs of a bold line and plain text: errors first; several problems are numbered."""
    ordered = sorted(told, key=lambda one: one.severity is not Severity.ERROR)
    heading = WORDS[ordered[0].severity]
    if len(ordered) == 1:
        body = held(ordered[0].message)
    else:
        kinds = {one.severity for one in ordered}
        body = "\n".join(
            f"{n}. {'Warning: ' if len(kinds) > 1 and one.severity is Severity.WARNING else ''}{held(one.message)}"
            for n, one in enumerate(ordered, 1)
        )
    if len(body) > _LONGEST:
        body = body[:_LONGEST].rstrip() + " …"
    return [(heading, f"\n{body}\n\n{LAST_WORDS}")]


def _runs(parts: Sequence[tuple[str, str]], p: str) -> str:
    look = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
    return "".join(
        f'<{p}r><{p}rPr><{p}b/>{look}</{p}rPr><{p}t xml:space="preserve">{escaped(bold)}</{p}t></{p}r>'
        f'<{p}r><{p}rPr>{look}</{p}rPr><{p}t xml:space="preserve">{escaped(plain)}</{p}t></{p}r>'
        for bold, plain in parts
    )
