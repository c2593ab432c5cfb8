"""What holds for every test: no screen, hypothesis's patience, and which tests run where."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# Before Qt starts, which reads it once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

DEEP = os.environ.get("FUNDTRACKER_DEEP") == "1"

# Shared machines stall now and then: a slow example is no fault, so there is no deadline.
settings.register_profile("usual", deadline=None)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.load_profile("deep" if DEEP else "usual")


def office() -> str | None:
    """LibreOffice's own command, wherever it is; None when it is not installed."""
    on_windows = Path(
        os.environ.get("PROGRAMFILES", "C:/Program Files"), "LibreOffice", "program", "soffice.exe"
    )
    return shutil.which("soffice") or (str(on_windows) if on_windows.is_file() else None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long gates run by `python run.py test --deep` only."""
    if DEEP:
        return
    left_out = [item for item in items if item.get_closest_marker("deep")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("deep")]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without LibreOffice its tests are skipped, and say so; in CI that is a failure, or nobody would ever notice."""
    if item.get_closest_marker("office") and office() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed, and CI has to run this test: .ci/run installs it")
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice-calc)")
