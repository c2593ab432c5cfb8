"""What the program carries with it is found in a checkout and when installed from a wheel."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from fundtracker import paths

ROOT = Path(__file__).resolve().parent.parent

BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"

ASK = "from fundtracker.paths import resource; print(resource('fonts/NotoSans-Regular.ttf'))"


def resource_files() -> set[str]:
    return {file.relative_to(ROOT).as_posix() for file in (ROOT / "resources").rglob("*") if file.is_file()}


def test_in_a_checkout_it_is_the_folder_itself() -> None:
    assert paths.resource("fonts") == ROOT / "resources" / "fonts"
    assert paths.resource("fonts/NotoSans-Regular.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"fonts/Comic\.ttf does not come with this installation"):
        paths.resource("fonts/Comic.ttf")


def test_every_folder_of_resources_is_shipped() -> None:
    """Setuptools takes one line per folder: a folder added to resources/ needs one too."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped: dict[str, list[str]] = about["tool"]["setuptools"].get("data-files", {})
    folders = {file.rpartition("/")[0] for file in resource_files()}
    assert shipped == {f"share/fundtracker/{folder}": [f"{folder}/*.*"] for folder in folders}


def test_a_wheel_carries_them_and_finds_them(tmp_path: Path) -> None:
    """Built from a copy, unpacked as pip would, and asked from there."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("src", "resources"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copyfile(ROOT / name, copy / name)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path)], cwd=copy, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        mark = ".data/data/share/fundtracker/"
        assert {name.split(mark)[1] for name in archive.namelist() if mark in name} == resource_files()

    site = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
    ]
    subprocess.run([*install, str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    answer = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    found = Path(answer.stdout.strip())
    assert found == site / "share" / "fundtracker" / "resources" / "fonts" / "NotoSans-Regular.ttf"
    assert found.read_bytes() == (ROOT / "resources" / "fonts" / "NotoSans-Regular.ttf").read_bytes()


def test_an_installation_looks_where_pip_puts_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "lib" / "site-packages"
    font = tmp_path / "share" / "fundtracker" / "resources" / "fonts" / "A.ttf"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"")

    def scheme(_name: str, scheme: str = "") -> str:
        return str(tmp_path / "user" if scheme else tmp_path)

    monkeypatch.setattr(paths, "_PACKAGE", site / "fundtracker")
    monkeypatch.setattr(paths.sysconfig, "get_path", scheme)
    assert paths.resource("fonts/A.ttf") == font


def test_a_folder_called_src_is_not_enough_to_be_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "fundtracker"
    font = tmp_path / "resources" / "fonts" / "A.ttf"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"")
    monkeypatch.setattr(paths, "_PACKAGE", package)
    with pytest.raises(FileNotFoundError):
        paths.resource("fonts/A.ttf")
    (tmp_path / "pyproject.toml").touch()
    assert paths.resource("fonts/A.ttf") == font


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems don't let the folders be moved by the environment"
)
def test_the_users_folders_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert paths.settings_folder() == tmp_path / "settings" / "fundtracker"
    assert paths.log_folder() == tmp_path / "state" / "fundtracker" / "log"
    assert paths.settings_folder().is_dir()
    assert paths.log_folder().is_dir()


def test_platformdirs_is_not_loaded_before_it_is_asked() -> None:
    """Start-up: most runs find a resource and never a user's folder."""
    code = "import sys, fundtracker.paths; print('platformdirs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
