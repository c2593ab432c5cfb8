"""A submitted return is drawn again from what the file kept, byte for byte, in another time zone and another language.

In a process of its own, whose C library really speaks the language: decimal commas, Turkish letters, Welsh days.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ZONES = ("UTC", "Pacific/Auckland", "America/St_Johns")
LOCALES = ("C", "de_DE.UTF-8", "cy_GB.UTF-8", "tr_TR.UTF-8")
DRAWS = """
import locale, os, sys, time
from pathlib import Path
from fundtracker.application.workspace import Workspace
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.snapshot_text import fingerprint, recalled
from fundtracker.returns.pdf import write_pdf
from fundtracker.returns.workbook import write_workbook
from fundtracker.storage import frozen

file, folder, zones, locales = sys.argv[1], Path(sys.argv[2]), sys.argv[3].split(","), sys.argv[4].split(",")
with Workspace.open(Path(file)) as workspace:
    sent = workspace.find(FunderReturn, "SSF5-VAWG 2023-24-Q4")
    with workspace.database.reader() as conn:
        text, kept = frozen.snapshot_text(conn, sent.id), frozen.files(conn, sent.id)
for zone in zones:
    os.environ["TZ"] = zone
    time.tzset()
    for name in locales:
        locale.setlocale(locale.LC_ALL, name)
        snapshot = recalled(text)
        for file, write in zip(kept, (write_workbook, write_pdf), strict=True):
            path = folder / file.name
            write(snapshot, path)
            same = path.read_bytes() == file.content
            print(zone, name, path.suffix, f"{1.5:n}", time.strftime("%A", (2024, 1, 1, 0, 0, 0, 0, 1, 0)), same, sep="|")
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the C library finds the languages."""
    folder = tmp_path_factory.mktemp("locales")
    localedef = shutil.which("localedef")
    if localedef is None or not Path("/usr/share/i18n/locales/cy_GB").exists():
        if os.environ.get("CI") == "true":
            pytest.fail(
                "the package locales is not installed, and CI has to run this test: .ci/run installs it"
            )
        pytest.skip("the system has no other languages (Debian: apt-get install locales)")
    for name in LOCALES[1:]:
        language = name.removesuffix(".UTF-8")
        subprocess.run(
            [localedef, "--no-archive", "-i", language, "-f", "UTF-8", str(folder / name)],
            check=True,
            capture_output=True,
        )
    return folder


def test_a_submitted_return_is_the_same_everywhere(spoken: Path, demonstration: Path, tmp_path: Path) -> None:
    file = tmp_path / "demo.fundtracker"
    shutil.copyfile(demonstration, file)
    done = subprocess.run(
        [sys.executable, "-c", DRAWS, str(file), str(tmp_path), ",".join(ZONES), ",".join(LOCALES)],
        env={**os.environ, "LOCPATH": str(spoken)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines()]
    assert len(rows) == len(ZONES) * len(LOCALES) * 2
    # The process did speak them: else this test would prove nothing.
    assert {(name, number, day) for _, name, _, number, day, _ in rows} == {
        ("C", "1.5", "Monday"),
        ("de_DE.UTF-8", "1,5", "Montag"),
        ("cy_GB.UTF-8", "1.5", "Llun"),
        ("tr_TR.UTF-8", "1,5", "Pazartesi"),
    }
    assert [row for row in rows if row[-1] != "True"] == []
