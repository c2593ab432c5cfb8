"""Dropping files on the window: a partner form is taken in, a workbook imported, a programme opened, any other file kept as evidence."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from fundtracker.ui.words import SPACE, plain_label

if TYPE_CHECKING:
    from fundtracker.domain.columns import Record
    from fundtracker.ui.main_window import MainWindow

PROGRAMME, WORKBOOK = ".fundtracker", ".xlsx"
LISTINGS = frozenset({".csv", ".txt", ".tsv", WORKBOOK})
"""What the place of the finance ledger looks at itself."""
OLD_WORKBOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})


def files_of(data: QMimeData) -> list[Path]:
    """The files of this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Target(QFrame):
    """Over the window while something is dragged: what would happen if it were dropped."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(4)
        self.setForegroundRole(QPalette.ColorRole.Highlight)
        self.words: QLabel = plain_label(wrapped=True)
        self.words.setAccessibleName("What dropping does")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setAutoFillBackground(True)
        self.words.setBackgroundRole(QPalette.ColorRole.Highlight)
        self.words.setForegroundRole(QPalette.ColorRole.HighlightedText)
        self.words.setMargin(SPACE * 2)
        layout = QVBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.words)
        self.hide()

    def tell(self, text: str) -> None:
        """Over all of its window, with `text` in the middle."""
        self.words.setText(text)
        self.words.setMinimumWidth(min(self._window.width() // 2, SPACE * 80))
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()


class Dropping:
    """What a dropped file becomes, for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._target: Target | None = None

    @property
    def target(self) -> Target:
        if self._target is None:
            self._target = Target(self._window)
        return self._target

    def drag(self, data: QMimeData, place: QPoint) -> bool:
        """Show what dropping would do; whether anything would be done."""
        if self.held_up:
            return False
        files = files_of(data)
        self.target.tell(self._meaning(files, place))
        return bool(files)

    @property
    def held_up(self) -> bool:
        """A dialog stands in front: what was typed in it comes first."""
        return QApplication.activeModalWidget() is not None

    def leave(self) -> None:
        if self._target is not None:
            self._target.hide()

    def _meaning(self, files: list[Path], place: QPoint) -> str:
        if not files:
            return "Only files can be dropped here"
        first, many = files[0], len(files)
        if many > 1:
            return (
                f"Drop to keep {many} files as evidence"
                if _papers(files) == files
                else "Drop workbooks and programmes one at a time"
            )
        match first.suffix.lower():
            case ending if ending in LISTINGS and self._takes_files():
                return f"Drop to look at {first.name} before its lines are taken in"
            case ending if ending == PROGRAMME:
                return f"Drop to open {first.name}"
            case ending if ending == WORKBOOK:
                return f"Drop to look at {first.name} before anything of it is taken in"
            case _:
                return f"Drop to keep {first.name} as evidence" + (
                    "" if self.record_at(place) else " of a record"
                )

    def files(self, data: QMimeData) -> list[Path]:
        return files_of(data)

    def drop(self, files: list[Path], place: QPoint) -> None:
        """Do it; what can't be taken is said."""
        if not files:
            return
        if len(files) == 1 and (take := self._takes_files()) is not None and take(files[0]):
            return
        if len(files) == 1 and files[0].suffix.lower() in {PROGRAMME, WORKBOOK}:
            self._take(files[0])
            return
        refused = [each for each in files if each not in _papers(files)]
        if refused:
            self._refuse(refused)
            return
        self._name(files, self.record_at(place))

    def _takes_files(self) -> Callable[[Path], bool] | None:
        """How the place that is shown looks at a file first; None where it doesn't: it says whether it took it."""
        return getattr(self._window.page, "take_file", None)

    def _take(self, path: Path) -> None:
        if path.suffix.lower() == PROGRAMME:
            self._window.named_asked.emit(str(path))
        else:
            self._window.files.take_workbook(path)

    def _refuse(self, refused: list[Path]) -> None:
        first = refused[0]
        if first.is_dir():
            why = f"{first.name} is a folder. Open it and drop the files in it."
        elif first.suffix.lower() in OLD_WORKBOOKS:
            why = f"{first.name} is a workbook of another kind. Open it in your spreadsheet program, save it as an Excel workbook (.xlsx), and drop that."
        elif not first.exists():
            why = f"{first.name} isn't there any more. Save it to a folder first, then drop it from there."
        else:
            why = "Workbooks and programmes are taken one at a time: drop one of them alone."
        self._say("That can't be taken", why)

    # Evidence

    def record_at(self, place: QPoint) -> "tuple[type[Record], int] | None":
        """The record under the pointer, in a list; else the one that is chosen or whose page is shown."""
        from fundtracker.ui.views.tables import Table

        page = self._window.page
        widget: QWidget | None = self._window.childAt(place)
        while widget is not None and not isinstance(widget, Table):
            widget = widget.parentWidget()
        if widget is not None:
            index = widget.indexAt(widget.viewport().mapFrom(self._window, place))
            found = _record_of(widget.model(), index.row()) if index.isValid() else None
            if found is not None:
                return found
        where, shown = self._window.spots[-1]
        if not isinstance(where, str):
            return where, shown
        table: Any = getattr(page, "table", None)
        if isinstance(table, Table) and table.currentIndex().isValid():
            return _record_of(table.model(), table.currentIndex().row())
        return None

    def _name(self, files: list[Path], spot: "tuple[type[Record], int] | None") -> None:
        from fundtracker.ui.attaching import attach

        attach(self._window, self._window.workspace, files, spot, self._window.say)

    def _say(self, title: str, text: str) -> None:
        from fundtracker.ui.dialogs.saying import say_trouble

        say_trouble(self._window, title, text)


def _record_of(model: Any, row: int) -> "tuple[type[Record], int] | None":
    """The record that a row of a table is, or leads to."""
    from fundtracker.domain.records import by_name
    from fundtracker.ui.models.figures_table import FiguresTable
    from fundtracker.ui.models.record_table import RecordTableModel

    if isinstance(model, RecordTableModel):
        record_id = model.id_at(row)
        return (model.kind, record_id) if record_id is not None else None
    target = model.rows[row].target if isinstance(model, FiguresTable) else None
    return (by_name(target[0]), target[1]) if target is not None else None


def _papers(files: Iterable[Path]) -> list[Path]:
    """Those that can be evidence: files that are there, and no workbook of records or programme."""
    return [
        each
        for each in files
        if each.is_file() and each.suffix.lower() not in {PROGRAMME, WORKBOOK, *OLD_WORKBOOKS}
    ]
