"""Build the source archive and the wheel into dist/: `.venv/bin/python packaging/build.py`, no network needed.

The wheel is built out of the source archive, not out of the checkout, so the archive is known to hold everything.
"""
# ruff: noqa: T201, S603, INP001 - a script that talks to a person and starts programs

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"

SOURCE_ARCHIVE = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nNothing was put in {DIST}: the lines above say why.")


def main() -> None:
    """Both are built in a private folder and moved to dist/ only when both are whole."""
    if subprocess.call([sys.executable, "-c", "import setuptools, pip"], stderr=subprocess.DEVNULL):
        sys.exit(
            'Run "python run.py demo" once, then run this script with the Python in .venv: it has what building needs.'
        )
    with tempfile.TemporaryDirectory() as scratch:
        print("Building the source archive", flush=True)
        run(sys.executable, "-c", SOURCE_ARCHIVE, scratch)
        (archive,) = Path(scratch).glob("*.tar.gz")
        print("Building the wheel out of it", flush=True)
        # --no-build-isolation: with the setuptools that requirements.lock pins, and so without a network.
        wheel = (
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "--wheel-dir",
            scratch,
        )
        run(sys.executable, "-m", "pip", *wheel, str(archive))
        DIST.mkdir(exist_ok=True)
        for made in sorted(Path(scratch).glob("fundtracker-*")):
            shutil.move(made, DIST / made.name)
            print(f"  dist/{made.name}")


if __name__ == "__main__":
    main()
