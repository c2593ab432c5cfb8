"""RecordStory: what was done to one record and to what belongs to it, in words, newest first."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fundtracker.application.record_history import Told, record_history
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models.figures_table import Heading, TableRow, in_one_line
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.words import SPACE, plain_label

HEADINGS = (Heading("When", 17), Heading("Who", 24), Heading("What", 60))
NARROW = (Heading("When", 17), Heading("Who", 12), Heading("What", 30))
"""Beside a list."""
LONGEST = 400
"""Letters of a line, so that a reason given for seventy ledger lines leaves room for the rest."""


class RecordStory(QWidget):
    """Read off the window's thread: an old programme has a long history."""

    def __init__(self, workspace: Workspace, kind: type[Record], *, narrow: bool = False) -> None:
        super().__init__()
        self._workspace, self._kind = workspace, kind
        self._asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.addWidget(
            plain_label(
                "What was done to this record and to what belongs to it, newest first. For everything else, go to “History” in the list of places.",
                wrapped=True,
            )
        )
        self.grid, self.table = wrapping_table("History of this record", NARROW if narrow else HEADINGS, 2)
        layout.addWidget(self.table, 1)

    def tell(self, record_id: int) -> None:
        """Of another record, or anew of the same."""
        self._asked += 1
        asked, workspace, kind = self._asked, self._workspace, self._kind

        def work(_progress: Progress) -> tuple[Told, ...]:
            return record_history(workspace, kind, record_id)

        def take(told: tuple[Told, ...]) -> None:
            if asked == self._asked:
                self._show(told)

        Question(self, work, take).start()

    def _show(self, told: tuple[Told, ...]) -> None:
        rows: list[TableRow] = []
        for each in told:
            entry, when = each.entry, f"{each.entry.at.astimezone():%d/%m/%Y %H:%M}"
            undone = {"undo": "Taken back: ", "redo": "Made again: "}.get(entry.kind, "")
            rows.append(TableRow((when, entry.actor, f"{undone}{entry.title}"), key=entry.seq, bold=True))
            reason = (f"Reason: {in_one_line(entry.reason)}",) if entry.reason else ()
            rows.extend(
                TableRow(("", "", f"    {_shortened(line)}"), key=(entry.seq, n))
                for n, line in enumerate((*reason, *each.lines))
            )
        self.grid.set_rows(rows)


def _shortened(line: str) -> str:
    """What is left out stands in History."""
    if len(line) <= LONGEST:
        return line
    return f"{line[:LONGEST].rsplit(' ', 1)[0]}… (the whole of it: History)"
