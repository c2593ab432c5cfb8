"""Write an auditor's pack: everything behind a return or a grant in one zip, whole or not at all."""

import errno
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from fundtracker.application.actions.pack.gathered import Asked, Gathered
from fundtracker.application.actions.pack.gathering_grant import gather_grant
from fundtracker.application.actions.pack.gathering_return import gather_return
from fundtracker.application.actions.pack.subject import subject_called
from fundtracker.application.actions.pack.zipping import Packer, new_zip
from fundtracker.application.actions.returns import file_names
from fundtracker.application.actions.written import must_end, write_to
from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn
from fundtracker.exports.sheets import Sheet
from fundtracker.returns.pack.contents import Contents, ReturnFile
from fundtracker.returns.pack.index import index_book, write_index
from fundtracker.returns.pack.start_page import INDEX, RETURN, SUMS, write_start_page
from fundtracker.returns.pdf import write_pdf
from fundtracker.returns.tie_out_sheet import tie_out_sheets
from fundtracker.returns.workbook import write_workbook
from fundtracker.storage.stopping import Progress

START = "Start here.pdf"


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """A pack that was written: where, what it says, how many files it holds and its size in bytes."""

    path: Path
    contents: Contents
    files: int
    size: int


def _quiet(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


def write_pack(
    workspace: Workspace, words: str, path: Path, asked: Asked | None = None, progress: Progress = _quiet
) -> WrittenPack:
    """The pack of the return or grant that `words` names, in a zip at `path`.

    The same file and seed give the same bytes. Refused, with what to do, where there is no such return or grant; StorageTrouble
    where a file can't be read or written. Whatever happens, there is a whole pack at `path` or what was there before.
    """
    asked = asked or Asked()
    must_end(path, (".zip",))
    _must_not_be_ours(workspace, path)
    subject = subject_called(workspace, words)
    gather = gather_return if isinstance(subject, FunderReturn) else gather_grant
    gathered = gather(workspace, subject.id, asked, progress)
    try:
        with TemporaryDirectory(prefix="fundtracker-") as folder:
            drawn = _draw(gathered, Path(folder), progress)
            sums = _zip(gathered, drawn, path, progress)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise StorageTrouble(
            f"{path.name} was not written: the disk that holds temporary files is full. Free some space there, then try again."
        ) from error
    return WrittenPack(path, drawn.contents, len(sums), path.stat().st_size)


def _must_not_be_ours(workspace: Workspace, path: Path) -> None:
    if path.resolve().is_relative_to(workspace.evidence.folder.resolve()):
        raise Refused(f"“{path.name}” would lie among the evidence files: choose another folder.")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The files that were drawn for the pack, by their names in it, and its contents with all that is now known."""

    contents: Contents
    files: dict[str, Path]


def _draw(gathered: Gathered, folder: Path, progress: Progress) -> _Drawn:
    """The return, then the index and the first page: they name the return's files with their sums."""
    files = _return_files(gathered, folder, progress)
    sums = {name: _sha256(place) for name, place in files.items()}
    frozen = bool(gathered.kept)
    contents = replace(
        gathered.contents, return_files=tuple(ReturnFile(name, sums[name], frozen) for name in files)
    )
    clean = gathered.hidden.text
    tied = _tie_out(gathered)
    if gathered.hidden.public:
        index_book(contents, tied, clean)  # drawn once for the count of what it withholds
        contents = replace(contents, withheld=gathered.hidden.told())
        tied = _tie_out(gathered)
    index, start = folder / INDEX, folder / START
    write_index(contents, tied, index, clean, _named(progress, "Drawing the index"))
    write_start_page(contents, start, clean)
    return _Drawn(contents, {START: start, INDEX: index, **files})


def _tie_out(gathered: Gathered) -> Sequence[Sheet]:
    return tie_out_sheets(gathered.tied) if gathered.tied is not None else ()


def _return_files(gathered: Gathered, folder: Path, progress: Progress) -> dict[str, Path]:
    """The frozen workbook and PDF byte for byte; of a draft, and of a public copy, drawn anew."""
    files: dict[str, Path] = {}
    if gathered.kept:
        for each in gathered.kept:
            place = folder / f"kept-{len(files)}"
            place.write_bytes(each.content)
            files[f"{RETURN}/{each.name}"] = place
        return files
    snapshot = gathered.snapshot
    if snapshot is None:
        return files
    workbook, pdf = file_names(snapshot)
    if gathered.hidden.public:
        workbook, pdf = (f"{Path(name).stem} public copy{Path(name).suffix}" for name in (workbook, pdf))
    places = folder / "drawn.xlsx", folder / "drawn.pdf"
    write_workbook(snapshot, places[0], _named(progress, "Drawing the return's workbook"))
    write_pdf(snapshot, places[1], _named(progress, "Drawing the return's PDF"))
    return {f"{RETURN}/{workbook}": places[0], f"{RETURN}/{pdf}": places[1]}


def _named(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, of: progress(what, done, of)


def _zip(gathered: Gathered, drawn: _Drawn, path: Path, progress: Progress) -> dict[str, str]:
    papers = drawn.contents.files
    whole = sum(each.size for each in papers)
    sums: dict[str, str] = {}

    def fill(target: Path) -> None:
        with new_zip(target) as archive:
            packer = Packer(archive, drawn.contents.cover.name)
            for name, place in drawn.files.items():
                packer.put(name, place)
            done = 0
            for paper in papers:
                before = done
                progress("Copying the evidence", before, whole)
                source = gathered.kept_at[paper.sha256]
                packer.put(
                    paper.file,
                    source,
                    lambda more, b=before: progress("Copying the evidence", b + more, whole),
                    paper.sha256,
                )
                done += paper.size
            packer.put_bytes(SUMS, packer.sums_text().encode())
        sums.update(packer.sums)

    write_to(path, fill)
    return sums


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
