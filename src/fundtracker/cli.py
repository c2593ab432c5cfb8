"""The same actions without a window. Exit codes: 0 done, 1 refused or problems found, 2 wrong usage. No traceback ever."""

import errno
import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from fundtracker import __version__, console
from fundtracker.application.workspace import Workspace
from fundtracker.cli_ledger import ledger, tie_out
from fundtracker.cli_output import File, err, out, say
from fundtracker.cli_pack import pack
from fundtracker.domain.periods import Quarter, long_date, read_date
from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable

_TEACHING = """[bold]To try it[/bold]: fundtracker demo demo.fundtracker, then fundtracker figures demo.fundtracker

[bold]To begin your own[/bold]: fundtracker template ours.xlsx; fill it in; fundtracker import ours.fundtracker ours.xlsx

[bold]To write a return[/bold]: fundtracker return ours.fundtracker SSF5-VAWG 2024-25-Q2 --out returns

[bold]To ask a partner[/bold]: fundtracker form ours.fundtracker GR-SSF5-COT 2024-25-Q2 --out forms; then fundtracker accept ours.fundtracker FORM.xlsx

Exit codes: 0 done, 1 refused or problems found (each on its own line), 2 wrong usage."""
app = typer.Typer(
    name="fundtracker",
    help="Safer Streets rounds, bids, awards, interventions and grants, and the Home Office returns they owe.\n\n"
    "[bold]fundtracker FILE[/bold] opens the window on a file. The commands below do the same work without it.",
    epilog=_TEACHING,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object")]


_INTERRUPTED = 130
"""What typer makes of Ctrl+C."""


def run(words: list[str]) -> int:
    """Run one command; the exit code. Whatever goes wrong is said in plain words."""
    console.print_any_text()
    try:
        code = int(app(args=words, prog_name="fundtracker", standalone_mode=False) or 0)
        console.flush()
        if code == _INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - typer keeps it to itself
    except Refused as refused:
        return say(refused.problems)
    except BrokenPipeError:  # whoever read the output has heard enough ("| head")
        console.hush()
        return 1
    except (StorageTrouble, Unreadable) as trouble:
        err.print(str(trouble))
        return 1
    except (typer.Abort, KeyboardInterrupt):
        err.print("Stopped. Nothing was changed.")
        return 1
    except Exception as trouble:  # noqa: BLE001 - the one handler of commands: no traceback reaches a user
        return _unexpected(trouble)
    return code


def _unexpected(trouble: Exception) -> int:
    """Wrong usage is said as the command line says it; anything else is our fault, logged and said plainly."""
    show: Callable[[], None] | None = getattr(trouble, "show", None)
    if show is not None:
        show()
        return int(getattr(trouble, "exit_code", 2))
    if isinstance(trouble, OSError) and trouble.errno in {errno.ENOSPC, errno.EIO}:
        console.hush()
        err.print(
            f"What the command makes could not be written ({trouble.strerror}): free some space, also where temporary files are kept, and run it again."
        )
        return 1
    err.print(
        f"Something went wrong inside the program ({type(trouble).__name__}). Nothing was changed. {console.logged(trouble)}"
    )
    return 1


@contextmanager
def _open(file: Path) -> Generator[Workspace]:
    with Workspace.open(file) as workspace:
        yield workspace


def _date(text: str | None) -> date | None:
    return None if text is None else read_date(text)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"fundtracker {__version__}")
        raise typer.Exit


def _must_be_ours(file: Path) -> None:
    """A new file is named so that people, and the window, know it again."""
    if file.suffix.lower() != ".fundtracker":
        raise Refused(f"“{file.name}” should end in .fundtracker: that is what a programme's file is called.")


def _print_json(found: Any, indent: int | None = None) -> None:
    """One JSON object, in ASCII: right whatever encoding the reader expects."""
    print(json.dumps(found, indent=indent))  # noqa: T201 - what the command prints


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version")
    ] = False,
) -> None:  # pyright: ignore[reportUnusedFunction] - typer calls it
    """Options before any command."""


@app.command()
def demo(file: File) -> None:
    """Write the Gloucestershire demonstration programme to a new FILE."""
    from fundtracker.application.demo.play import write_demonstration

    _must_be_ours(file)
    write_demonstration(file)
    out.print(f"The demonstration programme is in {file}.")


@app.command()
def template(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="Where to write the workbook (.xlsx)", readable=False)
    ],
) -> None:
    """Write an empty import workbook: a sheet per kind of record, with headings, guidance and drop-downs."""
    from fundtracker.application.actions.importing import write_import_template

    write_import_template(path)
    out.print(f"The import workbook is in {path}. Fill it in, then run: fundtracker import FILE {path.name}")


@app.command("import")
def import_(
    file: File,
    workbook: Annotated[
        Path, typer.Argument(metavar="WORKBOOK", help="A filled import workbook (.xlsx)", readable=False)
    ],
) -> None:
    """Read records from WORKBOOK into FILE (made new where there is none): all of them, or none and a list of what to mend."""
    from fundtracker.application.actions.importing import import_workbook
    from fundtracker.domain.columns import plural, singular
    from fundtracker.domain.records import RECORDS

    made = not file.exists()
    if made:
        _must_be_ours(file)
    with Workspace.create(file) if made else Workspace.open(file) as workspace:
        try:
            counts = import_workbook(workspace, workbook)
        except BaseException:
            if made:
                workspace.discard()
            raise
    one = {plural(kind): singular(kind) for kind in RECORDS}
    out.print(
        f"Imported {sum(counts.values()):,} records: "
        + ", ".join(
            f"{count:,} {(one[name] if count == 1 else name).lower()}" for name, count in counts.items()
        )
        + "."
    )


@app.command()
def export(
    file: File,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="What to export, such as costs or award-lines; all for the whole programme"
        ),
    ],
    path: Annotated[
        Path,
        typer.Option("--out", metavar="PATH", help="Where to write: .xlsx, .csv or .pdf", readable=False),
    ],
) -> None:
    """Write a list, or the whole programme as an import workbook."""
    from fundtracker.application.actions.exporting import export_programme, too_large_to_import
    from fundtracker.application.actions.listing import export_kind

    whole = kind.strip().casefold() == "all"
    with _open(file) as workspace:
        count = export_programme(workspace, path) if whole else export_kind(workspace, kind, path)
    out.print(f"Wrote {count:,} records to {path}.")
    if whole and (why := too_large_to_import(path)):
        err.print(
            f"Note: it can be read, and kept, but not imported again. {why} To copy a programme, copy its file."
        )


@app.command()
def figures(
    file: File,
    award: Annotated[str | None, typer.Option("--award", metavar="REF", help="Only this award")] = None,
    as_at: Annotated[
        str | None,
        typer.Option("--as-at", metavar="DATE", help="As at the end of this day; today where none is given"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was awarded, spent, claimed and is left, by award and financial year."""
    from fundtracker.application.actions.figures import figures as work_out
    from fundtracker.application.actions.figures import plain

    with _open(file) as workspace:
        found = work_out(workspace, award=award, as_at=_date(as_at))
    if as_json:
        _print_json(plain(found), indent=2)
    else:
        _show_figures(found)


def _show_figures(found: dict[str, Any]) -> None:
    from fundtracker.application.actions.figures import YEAR_FIGURES

    out.print(
        f"As at {long_date(date.fromisoformat(found['as_at']))}. Each financial year stands by itself: money doesn't move over 31 March.\n"
    )
    rounds = Table("Round", title="Rounds", title_justify="left")
    for name in ("Bids", "Awards", "Awarded"):
        rounds.add_column(name, justify="right")
    for each in found["rounds"]:
        rounds.add_row(each["code"], str(each["bids"]), str(each["awards"]), str(each["awarded"]))
    rounds.add_section()
    rounds.add_row(
        "All",
        str(found["total"]["bids"]),
        str(sum(each["awards"] for each in found["rounds"])),
        str(found["total"]["awarded"]),
    )
    out.print(rounds)
    awards = Table("Award", "Year", title="Awards by financial year", title_justify="left")
    for name in YEAR_FIGURES:
        awards.add_column(name.capitalize(), justify="right")
    for each in found["awards"]:
        for year, sums in each["years"].items():
            awards.add_row(each["reference"], year, *(str(sums[name]) for name in YEAR_FIGURES))
    out.print(awards)
    grants = Table("Grant", "Recipient", title="Onward grants", title_justify="left")
    for name in ("Granted", "Paid", "Scheduled", "Spent", "Unspent"):
        grants.add_column(name, justify="right")
    for each in found["grants"]:
        grants.add_row(
            each["reference"],
            each["recipient"],
            *(str(each[name]) for name in ("awarded", "paid", "scheduled", "spent", "unspent")),
        )
    out.print(grants)


@app.command("return")
def return_(  # noqa: PLR0917 - the command line passes them by name
    file: File,
    award: Annotated[str, typer.Argument(metavar="AWARD", help="The award's reference, such as SSF5-VAWG")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The quarter, such as 2024-25-Q2")],
    folder: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="The folder to write the workbook and the PDF to", readable=False
        ),
    ],
    submit: Annotated[
        bool, typer.Option("--submit", help="Freeze the return; without it a draft is written, marked so")
    ] = False,
    prepared_by: Annotated[str, typer.Option(help="Who prepared it")] = "",
    checked_by: Annotated[
        str, typer.Option(help="Who checked it; who prepared it where nobody else is named")
    ] = "",
    signed_by: Annotated[str, typer.Option(help="Who signed it")] = "",
    role: Annotated[str, typer.Option(help="The signatory's role")] = "Chief Finance Officer",
    as_json: AsJson = False,
) -> None:
    """Write a quarter's Home Office return for an award, in Excel and PDF; with --submit, freeze it."""
    from fundtracker.application.actions.return_command import write_return

    with _open(file) as workspace:
        done = write_return(
            workspace,
            award,
            Quarter.read(period),
            folder,
            submit=submit,
            prepared_by=prepared_by,
            checked_by=checked_by,
            signed_by=signed_by,
            role=role,
        )
    if as_json:
        _print_json(
            {
                "award": done.award,
                "period": done.quarter.code,
                "state": done.state,
                "claim": done.claim.plain,
                "files": [str(path) for path in done.files],
                "problems": [str(each) for each in done.problems],
            }
        )
    else:
        out.print(f"{done.state} return of {done.award} for {done.quarter}, claim {done.claim.in_prose}:")
        for path in done.files:
            out.print(f"  {path}")
    say(done.problems)


@app.command()
def form(
    file: File,
    grant: Annotated[str, typer.Argument(metavar="GRANT", help="The grant's reference, such as GR-SSF5-COT")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The quarter, such as 2024-25-Q2")],
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to write the form to", readable=False)
    ],
    again: Annotated[
        bool, typer.Option("--again", help="Ask for a second form where the quarter's is accepted already")
    ] = False,
) -> None:
    """Write a partner's monitoring form for a grant and quarter, filled in as far as the office knows, and record it as issued."""
    from fundtracker.application.actions.form_command import write_form

    with _open(file) as workspace:
        issued, path = write_form(workspace, grant, Quarter.read(period), folder, again=again)
    out.print(f"{issued.reference}, due back on {long_date(issued.due_on)}:\n  {path}")


@app.command()
def accept(
    file: File,
    path: Annotated[
        Path, typer.Argument(metavar="FORM.xlsx", help="The form that came back", readable=False)
    ],
    marked_up: Annotated[
        Path | None,
        typer.Option(
            "--marked-up",
            metavar="PATH",
            help="Where it has errors: write a copy with each of them marked, and record that it goes back",
            readable=False,
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option(help="Why it takes the place of an accepted form, or comes after the return")
    ] = "",
) -> None:
    """Check a partner's form that came back and take in what it says: all of it, or nothing and a list of what to mend."""
    from fundtracker.application.actions.form_command import take_form

    with _open(file) as workspace:
        taken = take_form(workspace, path, marked_up=marked_up, reason=reason)
    code = say(taken.problems)
    if taken.accepted:
        out.print(
            f"{taken.form.reference} is accepted: {taken.form.reported.in_prose} spent, {len(taken.differences):,} entries taken in."
        )
    elif taken.marked is not None:
        out.print(f"The marked-up copy to send back is in {taken.marked}.")
    raise typer.Exit(code)


@app.command()
def check(file: File) -> None:
    """Make every check; problems as lines, exit code 1 if any is an error."""
    from fundtracker.application.actions.checking import check as check_all

    with _open(file) as workspace:
        problems = check_all(workspace)
    code = say(problems)
    if not problems:
        out.print("Every check is kept.")
    raise typer.Exit(code)


@app.command()
def verify(
    file: File,
    fingerprint: Annotated[
        str | None,
        typer.Option("--fingerprint", metavar="NUMBER:LETTERS", help="As printed on a return or a backup"),
    ] = None,
) -> None:
    """Check that the history is whole, and that it still holds what a printed fingerprint stands for."""
    from fundtracker.application.actions.checking import verify as verify_file

    with _open(file) as workspace:
        problems = verify_file(workspace, fingerprint)
    code = say(problems)
    if not code:
        held = (
            " A change to history at or below the fingerprint you gave would have been detected."
            if fingerprint
            else ""
        )
        out.print(f"The history is whole and agrees with the records.{held}")
    raise typer.Exit(code)


app.command()(ledger)
app.command("tie-out")(tie_out)
app.command()(pack)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
