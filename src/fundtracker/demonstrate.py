"""python -m fundtracker.demonstrate FOLDER: the main job, done on the demonstration programme, with everything it makes kept.

Writes the programme with its three returns of 2024/25 Q2 in draft, and what came and went while it was made: the partner forms as
they were issued, the one that went back marked up, the finance system's listings. Then, in a copy, what a co-ordinator does to send
the returns: takes in the last forms, mends what the checks found, submits, keeps the frozen workbooks and PDFs, ties each award out
to the ledger and writes an auditor's pack. Pictures of the window come last, and where there is a screen the window itself opens.
"""

import os
import shutil
import sys
from pathlib import Path

from fundtracker.application.actions.pack.writing import write_pack
from fundtracker.application.actions.returns import submit_return, write_documents
from fundtracker.application.actions.tie_out import write_tie_out
from fundtracker.application.demo.people import CFO, CO_ORDINATOR, MANAGER
from fundtracker.application.demo.play import make_ready, write_demonstration
from fundtracker.application.demo.play_papers import FORMS, LEDGER
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage.evidence import EvidenceStore

PROGRAMME = "Gloucestershire demonstration.fundtracker"


def demonstrate(folder: Path) -> list[Path]:
    """Do it all; every file written, in order."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    programme = folder / PROGRAMME
    _say("Writing the Gloucestershire demonstration programme (real public figures, illustrative costs)...")
    write_demonstration(programme, folder=folder)
    written = [programme, *sorted((folder / FORMS).iterdir()), *sorted((folder / LEDGER).iterdir())]
    with Workspace.open(programme) as workspace:
        _say(
            "Writing the returns of SSF5 for 2024/25 Q2 as they stand: drafts, with what is still to mend..."
        )
        written += _documents(workspace, folder / "drafts")
    written += _submit(programme, folder / "submitted")
    written += _pictures(programme, folder / "pictures")
    return written


def _open_returns(workspace: Workspace) -> list[FunderReturn]:
    return [each for each in workspace.select(FunderReturn) if not each.state.frozen]


def _documents(workspace: Workspace, folder: Path) -> list[Path]:
    return [path for each in _open_returns(workspace) for path in write_documents(workspace, each.id, folder)]


def _submit(programme: Path, folder: Path) -> list[Path]:
    """In a copy: mend, sign, submit, and keep what was frozen."""
    folder.mkdir()
    copy = folder / "Gloucestershire after submission.fundtracker"
    shutil.copyfile(programme, copy)
    shutil.copytree(EvidenceStore(programme).folder, EvidenceStore(copy).folder)
    written = [copy]
    with Workspace.open(copy) as workspace:
        _say("Mending what the checks found, as a co-ordinator would, then submitting...")
        make_ready(workspace)
        for each in _open_returns(workspace):
            sent = submit_return(
                workspace,
                each.id,
                SignOff(prepared_by=CO_ORDINATOR, checked_by=MANAGER, signed_by=CFO, signed_role=CFO),
            )
            _say(f"  {sent.reference}: submitted, claim {sent.claim.in_prose}; it ties and is frozen.")
            written += write_documents(workspace, sent.id, folder)
            written += _accounted_for(workspace, sent, folder)
    return written


def _accounted_for(workspace: Workspace, sent: FunderReturn, folder: Path) -> list[Path]:
    """The tie-out of a submitted return's quarter, and everything behind the return in one zip."""
    tied = folder / f"Tie-out {sent.reference}.xlsx"
    award = workspace.get(Award, sent.award_id)
    differences = write_tie_out(workspace, award.reference, sent.quarter, tied).mismatches
    pack = write_pack(workspace, sent.reference, folder / f"Pack {sent.reference}.zip")
    _say(
        f"    tied out to the ledger, {len(differences) or 'no'} payment{'s' if len(differences) != 1 else ''} to look at; auditor's pack of {pack.files} files."
    )
    return [tied, pack.path]


def _pictures(programme: Path, folder: Path) -> list[Path]:
    from fundtracker.ui.pictures import take_pictures

    _say("Taking pictures of the window...")
    folder.mkdir()
    with Workspace.open(programme) as workspace:
        return take_pictures(workspace, folder)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _has_screen() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return sys.platform in {"win32", "darwin"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def main() -> int:
    """The folder is the first argument, `demo-output` where none is given."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo-output")
    screen = _has_screen()
    if not screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        written = demonstrate(folder)
    except (Refused, StorageTrouble) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    _say("\nWritten:")
    for path in written:
        _say(f"  {path}")
    if screen:
        from fundtracker.ui.app import run

        return run(folder / PROGRAMME)
    return 0


if __name__ == "__main__":
    sys.exit(main())
