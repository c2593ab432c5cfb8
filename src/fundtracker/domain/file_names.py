"""Names for files that we write: as people call them, and such that Windows, macOS and Linux all take them."""

import unicodedata

LONGEST = 90
"""Letters of a file's name with its ending: with the pack's folders there is room for a long path before it (Windows takes 260 in all)."""
LONGEST_FOLDER = 60
_MOST_BYTES = 220
"""Of a name in UTF-8: Linux takes 255."""
_NEVER = frozenset('<>:"/\\|?*#%')
"""Windows forbids all but the last two; those two it takes, but Excel doesn't find a file of such a name behind a link."""
_PORTS = frozenset(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")
_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}) | _PORTS
"""Windows takes these for devices, whatever their ending."""


def safe_name(text: str, ending: str = "", longest: int = LONGEST) -> str:
    """A text as a file's name with this ending: one line, no sign that a system forbids, no device, not too long."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(_letter(each) for each in composed)
    name = " ".join(kept.split()).strip(". -")
    name = _cut(name, longest - len(ending)) or "File"
    if name.partition(".")[0].strip().casefold() in _DEVICES:
        name = _cut(f"_{name}", longest - len(ending))
    return f"{name}{ending}"


def _cut(name: str, longest: int) -> str:
    whole = name[:longest].encode()[:_MOST_BYTES]
    return whole.decode(errors="ignore").rstrip(". -")


def _letter(letter: str) -> str:
    if letter in _NEVER:
        return "-"
    if letter.isspace():
        return " "
    # Controls, marks of direction, private letters and halves of letters can't be seen, or not be written.
    return "" if unicodedata.category(letter)[0] == "C" else letter


class Names:
    """Gives each file a name of its own; two that differ in case alone are one to Windows and macOS."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, text: str, ending: str, otherwise: str = "") -> str:
        """A name of this text; of `otherwise` where that is taken, then numbered."""
        name, count = safe_name(text, ending), 1
        if _folded(name) in self._taken and otherwise:
            name = safe_name(otherwise, ending)
            text = otherwise
        while _folded(name) in self._taken:
            count += 1
            more = f" ({count})"
            name = f"{safe_name(text, '', LONGEST - len(ending) - len(more))}{more}{ending}"
        self._taken.add(_folded(name))
        return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())
