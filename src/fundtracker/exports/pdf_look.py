"""The colours and measures of a page, the same family as the workbook's (styles.py). Measures are points: 72 to an inch.

Colours are told apart by lightness as well as by hue, so that a page printed in grey, or read by a colour-blind person,
says the same; a state always stands in words too.
"""

from enum import StrEnum

INK = "#1A1A1A"
DARK_BLUE = "#1F3864"
MID_BLUE = "#2F5496"
LIGHT_BLUE = "#9DB8DE"
PALE_BLUE = "#EAF0F8"
TOTAL_BLUE = "#D6E0F0"
LINE_GREY = "#D0D5DD"
MID_GREY = "#8A919C"
NOTE_GREY = "#595959"
WATERMARK_GREY = "#F1F1F1"
WHITE = "#FFFFFF"
GREEN, PALE_GREEN = "#1E6B34", "#E6F4EA"
AMBER, PALE_AMBER = "#7A4F00", "#FFF1D6"
RED, PALE_RED = "#9C1C1C", "#FDE7E7"
MARKER = "#C2410C"
"""The profile's mark across a bar."""

MARGIN = 36.0
HEAD_ROOM = 40.0
"""From the top edge of the paper to the body, less the margin."""
FOOT_ROOM = 22.0


class Tone(StrEnum):
    """What a cell's words mean, beside saying it."""

    PLAIN = "plain"
    MUTED = "muted"
    NEGATIVE = "negative"  # money below nought
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


TONE_COLOURS = {
    Tone.PLAIN: INK,
    Tone.MUTED: NOTE_GREY,
    Tone.NEGATIVE: RED,
    Tone.GOOD: GREEN,
    Tone.WARNING: AMBER,
    Tone.BAD: RED,
}


def rgb(colour: str) -> str:
    """ "#1F3864" as the three numbers a page's colour operators take."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for at in (1, 3, 5))
