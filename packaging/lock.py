"""Make requirements.lock out of pyproject.toml, with uv: `python run.py lock [--upgrade]` runs this.

Everything is resolved together once, for every platform and Python we support; then each package goes into the first
section that needs it: what running needs, an extra of pyproject.toml, what building the project needs.
"""
# ruff: noqa: T201, S603, INP001 - a script that talks to a person and starts programs

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
UNCHANGED = "requirements.lock is as it was."

UNIVERSAL = ["--universal", "--python-version", "3.11", "--generate-hashes"]
QUIET = ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]


def packages(requirements: str) -> dict[str, str]:
    """Each pinned package's own lines, its hashes among them, by name."""
    blocks: dict[str, str] = {}
    name = ""
    for line in requirements.splitlines(keepends=True):
        if line.startswith("#") or not line.strip():
            continue
        if not line[0].isspace():
            name = line.split("==")[0].strip()
            blocks.setdefault(name, "")  # one package may have a pin per platform or Python
        blocks[name] += line
    return blocks


def in_sections(whole: str, groups: Mapping[str, str]) -> str:
    """The lock file's text: every package of `whole` once, in the first of the groups that names it."""
    left = packages(whole)
    text = (
        '# Made by "python run.py lock" from pyproject.toml; the hashes are checked at every installation.\n'
    )
    for section, requirements in groups.items():
        mine = sorted(name for name in packages(requirements) if name in left)
        text += f"\n# section: {section}\n" + "".join(left.pop(name) for name in mine)
    if left:
        sys.exit(f"No section needs {', '.join(sorted(left))}. {UNCHANGED}")
    if "http" in text:
        sys.exit(f"The lock would name an address: look at uv's settings. {UNCHANGED}")
    return text


def compiled(uv: str, *words: str, typed: str = "") -> str:
    done = subprocess.run(
        [uv, "pip", "compile", *UNIVERSAL, *QUIET, *words],
        cwd=ROOT,
        input=typed,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"uv could not make the lock; the lines above say why. {UNCHANGED}")
    return done.stdout


def main(uv: str, *, upgrade: bool) -> None:
    """Pins that still fit are kept, so that a new package does not move the others; `upgrade` takes newer ones."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = "\n".join(about["build-system"]["requires"]) + "\n"
    with tempfile.TemporaryDirectory() as scratch:
        pins = Path(scratch) / "pins.txt"
        if LOCK.exists() and not upgrade:
            shutil.copyfile(LOCK, pins)
        compiled(uv, "pyproject.toml", "-", "--all-extras", "-o", str(pins), typed=build)
        same = ("-c", str(pins))
        groups = {"run": compiled(uv, "pyproject.toml", *same)}
        for extra in about["project"].get("optional-dependencies", {}):
            groups[extra] = compiled(uv, "pyproject.toml", "--extra", extra, *same)
        groups["build"] = compiled(uv, "-", *same, typed=build)
        text = in_sections(pins.read_text(encoding="utf-8"), groups)
    LOCK.write_bytes(text.encode())
    print(f"requirements.lock: {len(packages(text))} packages")


if __name__ == "__main__":
    main(sys.argv[1], upgrade="--upgrade" in sys.argv)
