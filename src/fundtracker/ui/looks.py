"""Text size and colours, as the settings say, on top of what the computer says."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from fundtracker.paths import resource
from fundtracker.ui.settings import DARK, LIGHT, SYSTEM

_SCHEMES = {SYSTEM: Qt.ColorScheme.Unknown, LIGHT: Qt.ColorScheme.Light, DARK: Qt.ColorScheme.Dark}
_DARK = {"Window": "#2b2b2b", "WindowText": "#f0f0f0", "Base": "#1e1e1e", "AlternateBase": "#272727", "Text": "#f0f0f0",
         "Button": "#363636", "ButtonText": "#f0f0f0", "ToolTipBase": "#4a3d00", "ToolTipText": "#fff1c2",
         "BrightText": "#ffffff", "Highlight": "#2d76ca", "HighlightedText": "#ffffff", "Link": "#7db8ff",
         "LinkVisited": "#c5a3ff", "PlaceholderText": "#a8a8a8", "Light": "#4a4a4a", "Midlight": "#404040",
         "Mid": "#707070", "Dark": "#1a1a1a", "Shadow": "#000000", "Accent": "#4c9be8"}  # fmt: skip
_LIGHT = {"Window": "#efefef", "WindowText": "#000000", "Base": "#ffffff", "AlternateBase": "#f7f7f7", "Text": "#000000",
          "Button": "#efefef", "ButtonText": "#000000", "ToolTipBase": "#ffffdc", "ToolTipText": "#000000",
          "BrightText": "#ffffff", "Highlight": "#1f5fa8", "HighlightedText": "#ffffff", "Link": "#0645ad",
          "LinkVisited": "#6b3fa0", "PlaceholderText": "#666666", "Light": "#ffffff", "Midlight": "#cacaca",
          "Mid": "#b8b8b8", "Dark": "#9f9f9f", "Shadow": "#767676", "Accent": "#1f5fa8"}  # fmt: skip
BLACK, WHITE = "black", "white"
CONTRAST = (BLACK, WHITE)
"""High contrast as two of Windows' own themes have it. Nobody sets them here: who needs one sets it for the computer, and the
window follows. Pictures and tests show by them that nothing needs a colour that such a theme doesn't have."""
_BLACK = {"Window": "#000000", "WindowText": "#ffffff", "Base": "#000000", "AlternateBase": "#000000", "Text": "#ffffff",
          "Button": "#000000", "ButtonText": "#ffffff", "ToolTipBase": "#000000", "ToolTipText": "#ffffff",
          "BrightText": "#ffffff", "Highlight": "#1aebff", "HighlightedText": "#000000", "Link": "#ffff00",
          "LinkVisited": "#ffff00", "PlaceholderText": "#ffffff", "Light": "#c0c0c0", "Midlight": "#c0c0c0",
          "Mid": "#808080", "Dark": "#808080", "Shadow": "#ffffff", "Accent": "#1aebff"}  # fmt: skip
_WHITE = {"Window": "#ffffff", "WindowText": "#000000", "Base": "#ffffff", "AlternateBase": "#ffffff", "Text": "#000000",
          "Button": "#ffffff", "ButtonText": "#000000", "ToolTipBase": "#ffffff", "ToolTipText": "#000000",
          "BrightText": "#000000", "Highlight": "#37006e", "HighlightedText": "#ffffff", "Link": "#00009f",
          "LinkVisited": "#00009f", "PlaceholderText": "#000000", "Light": "#c0c0c0", "Midlight": "#c0c0c0",
          "Mid": "#808080", "Dark": "#808080", "Shadow": "#000000", "Accent": "#37006e"}  # fmt: skip
_FADED = {DARK: "#a0a0a0", LIGHT: "#6b6b6b", BLACK: "#3ff23f", WHITE: "#600000"}
_COLOURS = {DARK: _DARK, LIGHT: _LIGHT, BLACK: _BLACK, WHITE: _WHITE}
_OUTLINED = ("QCheckBox", "QRadioButton", "QLineEdit", "QPlainTextEdit", "QComboBox", "QAbstractSpinBox", "QListWidget")  # fmt: skip
_WITHIN = ("QScrollBar", "QComboBoxPrivateContainer", "QComboBoxListView")
_AROUND = {DARK: "#bebebe", LIGHT: "#acacac", BLACK: "#ffffff", WHITE: "#606060"}
"""Fusion draws an outline in the window's colour made darker by two sevenths, on our grounds next to nothing. Whatever is filled in
or ticked is told of a window of this colour, which it paints nothing else in: the outline then stands out 3 to 1. What is within
one (its bars, its list of choices) would take that over, and is told of the real one."""


def set_own_letters(app: QApplication) -> None:
    """The letters that come with fundtracker, in the size Windows gives its windows: pictures, and tests of what has room, are
    then the same on every computer. The program itself is drawn in the computer's own.
    """
    for file in sorted(resource("fonts").glob("*.ttf")):
        (family,) = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
        app.setFont(QFont(family, 9))


def set_text_size(app: QApplication, usual: QFont, per_cent: int) -> None:
    """The application's font; `usual` is the computer's. Windows made before keep the sizes they worked out."""
    font = QFont(usual)
    if usual.pointSizeF() > 0:
        font.setPointSizeF(usual.pointSizeF() * per_cent / 100)
    else:
        font.setPixelSize(round(usual.pixelSize() * per_cent / 100))
    if font != app.font():
        app.setFont(font)


def set_colours(app: QApplication, wanted: str) -> None:
    """Light, dark, or as the computer. Where the computer's own theme can't be told, a palette of ours stands in."""
    if wanted not in CONTRAST:
        hints = app.styleHints()
        hints.setColorScheme(_SCHEMES[wanted])
        if wanted == SYSTEM or hints.colorScheme() is _SCHEMES[wanted]:
            app.setPalette(QPalette())
            _set_for(app, _OUTLINED + _WITHIN, QPalette())  # a class's own outlives the application's
            return
    set_palettes(app, wanted)


def set_palettes(app: QApplication, wanted: str) -> None:
    """A palette of ours, and for whatever is filled in or ticked an outline that can be seen, unless it is disabled."""
    app.setPalette(palette(wanted))
    outlined, plain = QPalette(), QPalette()
    plain.setColor(QPalette.ColorRole.Window, plain.color(QPalette.ColorRole.Window))
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        outlined.setColor(group, QPalette.ColorRole.Window, QColor(_AROUND[wanted]))
    _set_for(app, _OUTLINED, outlined)
    _set_for(app, _WITHIN, plain)


def _set_for(app: QApplication, kinds: tuple[str, ...], colours: QPalette) -> None:
    for kind in kinds:
        app.setPalette(colours, cast("None", kind))  # the stub says bytes, which it refuses


def palette(wanted: str) -> QPalette:
    """All colours of a window, each text at least 4.5 to 1 against what it stands on."""
    made = QPalette()
    for role, colour in _COLOURS[wanted].items():
        made.setColor(QPalette.ColorRole[role], QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(_FADED[wanted]))
    return made
