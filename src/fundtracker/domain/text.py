"""Text as it is kept, and as a message quotes it."""

import unicodedata
from itertools import groupby

_ODD = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SHORT = 100
"""Characters: too few to take long, whatever they are."""
_MOST_MARKS = 30
"""Of one letter. No language puts more on it (Unicode annex 15, "stream-safe text"), and to put thousands in order takes minutes."""
_LONGEST_SHOWN = 80


def clean_text(text: str) -> str:
    """Composed (NFC), no control or bidirectional-override characters, outer blanks gone; new lines kept."""
    if text.isascii() and text.isprintable():  # nearly all there is
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    composed = unicodedata.normalize("NFC", _bearable(plain) if len(plain) > _SHORT else plain)
    odd = {c for c in set(composed) if c not in "\n\t" and unicodedata.category(c) in _ODD}
    if odd:
        composed = composed.translate(dict.fromkeys(map(ord, odd)))
    return composed.strip()


def _bearable(text: str) -> str:
    """Without the marks that stand on a letter beyond the thirtieth."""
    if not any(map(unicodedata.combining, set(text))):
        return text
    kept: list[str] = []
    for marks, some in groupby(text, lambda c: unicodedata.combining(c) != 0):
        run = "".join(some)
        kept.append(run[:_MOST_MARKS] if marks else run)
    return "".join(kept)


def as_shown(text: str) -> str:
    """What was typed, as a message quotes it: enough to know it by, and nothing that can't be seen."""
    shown = clean_text(text)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
