"""Icons by our own names, drawn in the colours of the palette at the moment they are painted.

The outlines are Phosphor's, out of the font that QtAwesome brings. The font is read straight from its file: importing QtAwesome
would take longer than the window does, and load nine fonts for one. An outline is sharp at any scale, and an icon that looks
its colour up when it is painted follows the palette by itself. Nothing here is asked for before the first paint.
"""

import json
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPalette,
    QPixmap,
    QRawFont,
    QTransform,
)

from fundtracker.paths import resource

OUTLINES = {
    "about": "info",
    "add": "plus",
    "award": "medal",
    "back": "arrow-left",
    "bid": "envelope-simple-open",
    "check": "check-circle",
    "columns": "columns",
    "copy": "copy",
    "cost": "receipt",
    "delete": "trash",
    "demonstration": "graduation-cap",
    "down": "caret-down",
    "duplicate": "copy-simple",
    "edit": "pencil-simple",
    "exit": "sign-out",
    "export": "upload-simple",
    "file": "file",
    "filter": "funnel-simple",
    "form": "note-pencil",
    "grant": "handshake",
    "help": "question",
    "history": "clock-counter-clockwise",
    "home": "house",
    "import": "download-simple",
    "intervention": "shield-check",
    "jump": "lightning",
    "keyboard": "keyboard",
    "ledger": "notebook",
    "lists": "list-bullets",
    "new": "file-plus",
    "open": "folder-open",
    "organisation": "buildings",
    "pack": "package",
    "paste": "clipboard-text",
    "print": "printer",
    "recent": "clock",
    "redo": "arrow-u-up-right",
    "refresh": "arrow-clockwise",
    "return": "file-text",
    "round": "calendar-blank",
    "save": "floppy-disk",
    "search": "magnifying-glass",
    "settings": "gear-six",
    "template": "table",
    "undo": "arrow-u-up-left",
    "up": "arrow-up",
    "view": "eye",
    "warning": "warning",
}
"""Our names, and Phosphor's: what an icon looks like is decided here alone."""
EM = 256
"""Pixels: how large an outline is kept."""
FILLS_LIT = sys.platform in {"win32", "darwin"}
"""Whether the item of a menu under the mouse keeps the colour of its text; Fusion's is painted as one that is chosen."""


@cache
def outline(name: str) -> QPainterPath:
    """The shape of an icon in a square of `EM`. KeyError for a name that isn't ours."""
    font, places = _font()
    glyph = font.glyphIndexesForString(chr(places[OUTLINES[name]]))[0]
    return font.pathForGlyph(glyph).translated(0, EM)


@cache
def _font() -> tuple[QRawFont, dict[str, int]]:
    """Phosphor, and where each of its icons stands in it."""
    found = find_spec("qtawesome")
    folder = Path(found.origin or "").parent / "fonts" if found is not None else Path()
    font = next(folder.glob("phosphor-[0-9]*.ttf"), None)
    names = next(folder.glob("phosphor-charmap-*.json"), None)
    if font is None or names is None:
        raise FileNotFoundError("The icons are missing: install fundtracker again, with QtAwesome.")
    places: dict[str, str] = json.loads(names.read_text("utf-8"))
    return QRawFont(str(font), EM), {name: int(place, 16) for name, place in places.items()}


class _Drawn(QIconEngine):
    """One outline. Qt asks for it anew at every paint."""

    def __init__(self, name: str, ground: QPalette.ColorRole, *, in_menu: bool) -> None:
        super().__init__()
        self._shape = outline(name)
        self._ground = ground
        self._in_menu = in_menu

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002 - Qt's signature
        """As large as fits, in the middle."""
        side = min(rect.width(), rect.height())
        corner = QRectF(rect).center()
        placed = QTransform.fromTranslate(corner.x() - side / 2, corner.y() - side / 2)
        placed.scale(side / EM, side / EM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(mode))
        painter.drawPath(placed.map(self._shape))
        painter.restore()

    def _ink(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, self._ground)
        lit = mode == QIcon.Mode.Active and self._in_menu and not FILLS_LIT
        chosen = lit or mode == QIcon.Mode.Selected
        return palette.color(QPalette.ColorRole.HighlightedText if chosen else self._ground)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """In the screen's own pixels."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture


def icon(
    name: str, text: QPalette.ColorRole = QPalette.ColorRole.ButtonText, *, in_menu: bool = False
) -> QIcon:
    """An icon in the colour of the text beside it: on a button unless told, `Text` in a list. Always beside words, never alone."""
    return QIcon(_Drawn(name, text, in_menu=in_menu))


def program_icon() -> QIcon:
    """As it stands in the title bar and the task bar: a shield with three bars that grow."""
    return QIcon(str(resource("fundtracker.svg")))
