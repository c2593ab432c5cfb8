"""What a command prints to, and what may be wrong with it: too few letters, closed, full; and the log of our own faults."""

import codecs
import io
import os
import sys
import traceback
import unicodedata
from datetime import UTC, datetime
from typing import Any

_PLAINER = str.maketrans(
    dict.fromkeys("“”", '"')
    | dict.fromkeys("‘’", "'")
    | dict.fromkeys("–—−·", "-")
    | {"…": "...", "£": "GBP "}
)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """What stands for letters the output has no code for: £ as GBP, ŵ as w, a question mark for the rest."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    bare = "".join(_bare(letter) or "?" for letter in text.translate(_PLAINER))
    return bare, error.end


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()


codecs.register_error("fundtracker.plainer", _plainer)


def print_any_text() -> None:
    """No text ends a command, whatever the encoding: output that is redirected on Windows has few letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="fundtracker.plainer")


def flush() -> None:
    """Trouble with the output is told now, not when Python ends."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison] - None where the output was closed
        sys.stdout.flush()


def hush() -> None:
    """Print no more: the output takes nothing, and would say so again when Python closes it."""
    stream: Any = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        except io.UnsupportedOperation:
            pass  # not a file of the system's: it is closed quietly
        finally:
            os.close(nowhere)


def logged(trouble: Exception) -> str:
    """Keep the details of a fault of ours; where they are, in a sentence."""
    from fundtracker.paths import log_folder

    try:
        log = log_folder() / "fundtracker.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} a command failed\n")
            file.writelines(traceback.format_exception(trouble))
    except OSError as error:
        return f"The details could not be kept ({error.strerror or error})."
    return f"The details are in {log}."
