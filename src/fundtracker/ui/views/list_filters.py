"""FilterRow: small fields under the headings of a list, one a column, for what its rows have to hold."""

from typing import Any, cast

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QHideEvent,
    QIcon,
    QKeyEvent,
    QPainter,
    QPalette,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMenu, QWidget, QWidgetAction

from fundtracker.domain.columns import Column
from fundtracker.domain.filters import AnyOf, Empty, Filter, hint, read_filter, said
from fundtracker.domain.kinds import (
    Choice,
    DateKind,
    MoneyKind,
    Number,
    QuarterKind,
    WholeNumber,
    YearKind,
    YesNo,
)
from fundtracker.domain.problems import Unreadable
from fundtracker.ui.views.list_table import ListTable
from fundtracker.ui.words import plain_tip

PAUSE = 400
"""Milliseconds after the last key before the list is filtered; Enter does so at once."""
EXAMPLES: tuple[tuple[tuple[type, ...], str], ...] = (
    ((MoneyKind, Number, WholeNumber), ">100"),
    ((DateKind, YearKind, QuarterKind), "2024/25"),
    ((Choice, YesNo), "any of"),
)
"""What stands in an empty field."""


class FilterField(QLineEdit):
    """What one column has to hold. Esc empties it, and then leaves the row; Down goes to the rows."""

    def __init__(self, column: Column, row: "FilterRow") -> None:
        super().__init__(row)
        self.column, self._row = column, row
        self.setAccessibleName(f"Filter by {column.label}")
        self.setAccessibleDescription(f"Type {hint(column)}")
        self.setToolTip(plain_tip(f"{column.label}: {hint(column)}"))
        example = next((words for kinds, words in EXAMPLES if isinstance(column.kind, kinds)), "contains")
        self.setPlaceholderText(example)
        self.textEdited.connect(row.apply_soon)
        if isinstance(column.kind, (Choice, YesNo)):
            self._add_words(column.kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._row.apply()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
                self._row.apply()
            case Qt.Key.Key_Escape | Qt.Key.Key_Down if (
                not event.modifiers() & Qt.KeyboardModifier.AltModifier
            ):
                self._row.table.enter()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._row.table.bring_into_view(self._row.section_of(self))

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes along the headings as they stand, and after the last to what follows."""
        beside = self._row.beside(self, 1 if forwards else -1)
        if beside is None:
            return super().focusNextPrevChild(forwards)
        beside.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # The words of a choice

    def _add_words(self, kind: Choice | YesNo) -> None:
        self.options: list[Any] = [*(kind.options if isinstance(kind, Choice) else (True, False)), None]
        action = QAction(_arrow(self), "Choose words (Alt+Down)", self)
        action.setShortcut("Alt+Down")
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self.show_words)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def show_words(self) -> None:
        """A list of the words with check marks; Space checks one, Esc or Enter closes it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _CheckList(menu)
        words.setAccessibleName(f"{self.column.label}: words to show")
        chosen = self._chosen_options()
        for option in self.options:
            item = QListWidgetItem(said(option) if option is not None else "(empty)", words)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if option in chosen else Qt.CheckState.Unchecked)
        words.setCurrentRow(0)
        words.setMinimumWidth(words.sizeHintForColumn(0) + 24)
        words.setFixedHeight(min(words.count(), 12) * words.sizeHintForRow(0) + 6)
        words.itemChanged.connect(lambda _item: self._take(words))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - Qt's own item
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(words)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        words.setFocus()

    def _chosen_options(self) -> tuple[Any, ...]:
        try:
            found = read_filter(self.column, self.text())
        except Unreadable:
            return ()
        match found.want if found else None:
            case AnyOf(options):
                return options
            case Empty(filled=False):
                return (None,)
            case _:
                return ()

    def _take(self, words: QListWidget) -> None:
        checked = tuple(
            option
            for number, option in enumerate(self.options)
            if words.item(number).checkState() is Qt.CheckState.Checked
        )
        self.setText(str(AnyOf(checked)) if checked else "")
        self._row.apply()


class _CheckList(QListWidget):
    """Enter closes the menu it stands in, as Esc does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            cast("QWidget", self.parent()).close()
            return
        super().keyPressEvent(event)


class FilterRow(QWidget):
    """The fields, each under its heading however the headings are moved, sized and scrolled."""

    filtered = Signal(tuple)  # the filters now wanted
    wrong = Signal(str)  # what can't be read, and what to type instead; the list stays as it was
    toggled = Signal(bool)

    def __init__(self, table: ListTable) -> None:
        super().__init__(table.across)
        self.table = table
        self.setAccessibleName("Filters")
        self.fields: list[FilterField] = []
        self._texts: dict[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.apply)
        self.hide()
        across = table.across
        for signal in (
            across.sectionResized,
            across.sectionMoved,
            across.geometriesChanged,
            across.sectionCountChanged,
        ):
            signal.connect(self.place)
        table.horizontalScrollBar().valueChanged.connect(self.place)

    # Shown and hidden

    def open(self, section: int | None = None) -> None:
        """Show the row and put the cursor under a heading: the first, unless told."""
        if not self.fields:
            self.fields = [FilterField(column, self) for column in self.table.records.columns]
            for field in self.fields:
                field.setText(self._texts.get(field.column.name, ""))
        height = self.fields[0].sizeHint().height()
        self.table.across.set_room_below(height)
        self.show()
        self.place()
        self.toggled.emit(True)
        shown = self.table.shown_sections()
        begin = section if section in shown else shown[0]
        self.fields[begin].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.fields[begin].selectAll()

    def close_row(self) -> None:
        """Hide the row; what is filtered for stays, and is said below the table."""
        self.table.enter()
        self.hide()
        self.table.across.set_room_below(0)
        self.toggled.emit(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed last counts, though nobody waited for it."""
        super().hideEvent(event)
        if self._pause.isActive():
            self.apply()

    def place(self) -> None:
        """Each field under its heading."""
        if self.isHidden():
            return
        across = self.table.across
        height = self.fields[0].sizeHint().height()
        left = across.viewport().x()
        self.setGeometry(left, across.height() - height, across.viewport().width(), height)
        for section, field in enumerate(self.fields):
            hidden = self.table.isColumnHidden(section)
            field.setVisible(not hidden)
            if not hidden:
                begins = across.sectionViewportPosition(section)
                field.setGeometry(begins, 0, across.sectionSize(section), height)

    def section_of(self, field: FilterField) -> int:
        return self.fields.index(field)

    def beside(self, field: FilterField, step: int) -> FilterField | None:
        """The next or the last field in the order of the headings."""
        shown = self.table.shown_sections()
        place = shown.index(self.section_of(field)) + step
        return self.fields[shown[place]] if 0 <= place < len(shown) else None

    # What is wanted

    def texts(self) -> dict[str, str]:
        """What stands in the fields that aren't empty, by column."""
        if self.fields:
            self._texts = {each.column.name: each.text().strip() for each in self.fields}
        return {name: text for name, text in self._texts.items() if text}

    def set_texts(self, texts: dict[str, str]) -> None:
        """Fill the fields, and filter."""
        self._texts = dict(texts)
        for field in self.fields:
            field.setText(texts.get(field.column.name, ""))
        self.apply()

    def apply_soon(self) -> None:
        self._pause.start()

    def apply(self) -> None:
        """Filter by what stands in the fields; where one can't be read, say so and leave the list as it is."""
        self._pause.stop()
        columns = {each.name: each for each in self.table.records.columns}
        found: list[Filter] = []
        try:
            for name, text in self.texts().items():
                wanted = read_filter(columns[name], text) if name in columns else None
                if wanted is not None:
                    found.append(wanted)
        except Unreadable as trouble:
            self.wrong.emit(str(trouble))
            return
        self.wrong.emit("")
        self.filtered.emit(tuple(found))


def _arrow(widget: QWidget) -> QIcon:
    """A small arrow downwards in the text's colour, sharp on a screen of twice the points."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(widget.palette().color(QPalette.ColorRole.Text))
    painter.drawPolygon(QPolygonF([QPointF(8, 12), QPointF(24, 12), QPointF(16, 21)]))
    painter.end()
    return QIcon(picture)
