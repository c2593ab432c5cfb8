"""Help: the pages of resources/help, a short one for each place; F1 opens the one about what is in front."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from fundtracker.paths import resource
from fundtracker.ui.words import SPACE, TO_READ, plain_label, push_button, size_in_letters

FIRST = "home"
ORDER = (
    "starting", "home", "lists", "filters", "paste", "many", "form", "round", "bid", "award", "intervention", "grant", "partner_forms", "evidence", "grids",
    "ledger", "return", "tie_out", "pack", "preview", "history", "import", "settings", "keyboard", "glossary",
)  # fmt: skip
"""The contents list; every page stands in it."""
OF_PLACE = {
    "Home": "home",
    "Partner forms": "partner_forms",
    "Finance ledger": "ledger",
    "Documents": "evidence",
    "Missing evidence": "evidence",
    "Double funding": "evidence",
    "History": "history",
}
OF_KIND = {
    "FundingRound": "round",
    "Bid": "bid",
    "Award": "award",
    "Intervention": "intervention",
    "Grant": "grant",
    "PartnerForm": "partner_forms",
    "FunderReturn": "return",
}
OF_TAB = {
    "profile": "grids",
    "forecast": "grids",
    "preview": "preview",
    "export": "preview",
    "files": "preview",
    "history": "history",
    "costs": "lists",
    "documents": "evidence",
    "evidence": "evidence",
    "tie-out": "tie_out",
}
"""Tabs, by a word of their name, that have a page of their own."""
PAGE_ROLE = Qt.ItemDataRole.UserRole
WINDOW_NAME = "fundtracker help"


def page_of(widget: QWidget | None, spot: tuple[Any, int] | None = None) -> str:
    """The page about what is in front: what the widget or one around it names, its form, or its tab; else that of the spot.

    A dialog that names no page, a question say, is about what it was asked from; `spot` is that of the window around it unless told.
    """
    each = widget
    while each is not None:
        named = getattr(each, "help_page", "")
        if isinstance(named, str) and named:
            return named
        if isinstance(each, QTabWidget):
            words = each.tabText(each.currentIndex()).replace("&", "").lower()
            found = next((page for word, page in OF_TAB.items() if word in words), "")
            if found:
                return found
        if type(each).__name__ == "RecordForm":
            return "form"
        spots: list[tuple[Any, int]] = getattr(each, "spots", [])
        spot = spot or (spots[-1] if spots else None)
        each = each.parentWidget()
    if spot is None:
        return FIRST
    where = spot[0]
    return OF_PLACE.get(where, "lists") if isinstance(where, str) else OF_KIND.get(where.__name__, "form")


PICTURE_MARGIN = 24
"""Pixels beside a picture: the page's own margins, and the scroll bar."""


class Browser(QTextBrowser):
    """Shows our own pages and nothing else: no address outside, no picture from the network."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self.setAccessibleName("Help page")
        self.setAccessibleDescription(TO_READ)
        self.setOpenExternalLinks(False)

    def loadResource(self, kind: int, name: QUrl) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] - Qt names the first parameter type
        """A file of the help folder, a picture no wider than there is room; nothing for any other address."""
        path = Path(self.source().resolved(name).toLocalFile()).resolve()
        if not path.is_relative_to(self._folder):
            return None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture, ratio = QImage(str(path)), self.devicePixelRatioF()
        room = round((self.viewport().width() - PICTURE_MARGIN) * ratio)
        if picture.width() > room > 0:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
        return picture


class HelpWindow(QDialog):
    """Contents and search at the left, the page at the right. It stays open beside the work."""

    help_page = FIRST

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName(WINDOW_NAME)
        self.setWindowTitle("Help - fundtracker")
        self.setAccessibleName("Help")
        self._folder = resource("help")
        self.page = ""
        """The one shown."""
        self._texts = {name: (self._folder / f"{name}.md").read_text(encoding="utf-8") for name in ORDER}
        self.browser = Browser(self._folder)
        self.browser.sourceChanged.connect(self._moved)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the help (Ctrl+F)")
        self.search.setAccessibleName("Search the help")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._find_next)
        self.contents = QListWidget()
        self.contents.setAccessibleName("Contents")
        self.contents.setAccessibleDescription("Up and Down choose a page")
        self.contents.setSpacing(SPACE // 4)
        self.contents.currentItemChanged.connect(self._chosen)
        self.count = plain_label(wrapped=True)
        self.count.setAccessibleName("Pages found")
        self.back = push_button("&Back", "To the page before (Alt+Left)", self.browser.backward)
        self.close_button = push_button("&Close", "Close the help (Esc)", self.close)
        self._lay_out()
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.back.setEnabled(False)
        for keys, act in (("Alt+Left", self.browser.backward), ("Ctrl+F", self._to_search)):
            QShortcut(QKeySequence(keys), self, act)
        self._fill(ORDER)
        size_in_letters(self, 130, 40)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self.search, self.contents, self.count):
            column.addWidget(part, int(part is self.contents))
        self.count.hide()
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.browser)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([self.fontMetrics().averageCharWidth() * 32, SPACE * 80])
        bar = QHBoxLayout()
        bar.addWidget(self.back)
        bar.addStretch(1)
        bar.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(splitter, 1)
        layout.addLayout(bar)

    def title_of(self, name: str) -> str:
        """The heading of a page."""
        return self._texts[name].partition("\n")[0].removeprefix("# ").strip()

    def _fill(self, names: tuple[str, ...]) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        for name in names:
            item = QListWidgetItem(self.title_of(name), self.contents)
            item.setData(PAGE_ROLE, name)
        self.contents.blockSignals(False)
        self._mark()

    def show_page(self, name: str) -> None:
        known = name if name in self._texts else FIRST
        self.browser.setSource(
            QUrl.fromLocalFile(str(self._folder / f"{known}.md")), QTextDocument.ResourceType.MarkdownResource
        )

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_page(item.data(PAGE_ROLE))
            self._find_next()

    def _moved(self, source: QUrl) -> None:
        """Told before the browser itself knows."""
        self.page = Path(source.path()).stem
        self._mark()

    def _mark(self) -> None:
        """Mark the page shown in the contents."""
        self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            if self.contents.item(row).data(PAGE_ROLE) == self.page:
                self.contents.setCurrentRow(row)
        self.contents.blockSignals(False)

    # Search

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, typed: str) -> None:
        """The pages that hold every word; the first of them is shown."""
        words = typed.casefold().split()
        found = tuple(name for name in ORDER if all(word in self._texts[name].casefold() for word in words))
        self.count.setVisible(bool(words))
        self.count.setText(
            f"{len(found)} of {len(ORDER)} pages" if found else "No page has these words: try one of them"
        )
        self._fill(found)
        if words and found and self.page not in found:
            self.show_page(found[0])
        self._find_next()

    def _find_next(self) -> None:
        """To the next place on the page where what was typed stands; from the end to the beginning."""
        text = self.search.text().strip()
        if text and not self.browser.find(text):
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
            self.browser.find(text)


def show_help(window: QWidget, page: str) -> HelpWindow:
    """Open the page in the help window, which is brought to the front; over a dialog where one is open."""
    over = QApplication.activeModalWidget() or window
    found = over.findChild(HelpWindow, WINDOW_NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    if found is None:
        found = HelpWindow(over)
    found.show_page(page)
    found.show()
    found.raise_()
    found.activateWindow()
    return found


class HelpInDialogs(QObject):
    """Gives F1 to every dialog once it has the focus: a window's own keys don't reach past a dialog in front of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not dialog.property(WINDOW_NAME):
            dialog.setProperty(WINDOW_NAME, True)
            QShortcut(
                QKeySequence(QKeySequence.StandardKey.HelpContents),
                dialog,
                lambda: show_help(dialog, page_of(QApplication.focusWidget() or dialog)),
            )
