"""The command of the auditor's pack."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fundtracker.application.workspace import Workspace
from fundtracker.cli_output import File, out
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused

if TYPE_CHECKING:
    from fundtracker.application.actions.pack.writing import WrittenPack


def pack(
    file: File,
    subject: Annotated[
        list[str],
        typer.Argument(
            metavar="(RETURN | GRANT)",
            help="A return, such as SSF5-VAWG 2024-25-Q2, or a grant's reference",
        ),
    ],
    path: Annotated[
        Path, typer.Option("--out", metavar="PATH", help="Where to write the pack (.zip)", readable=False)
    ],
    seed: Annotated[
        str,
        typer.Option(
            "--seed",
            metavar="TEXT",
            help="What the sample is drawn from; an auditor gives one of their own",
        ),
    ] = "",
    size: Annotated[
        int | None,
        typer.Option(
            "--size", metavar="N", help="At most so many lines in the sample; 25 where nothing is said"
        ),
    ] = None,
    interval: Annotated[
        str,
        typer.Option(
            "--interval",
            metavar="AMOUNT",
            help="One line drawn for every so many pounds, instead of --size",
        ),
    ] = "",
    public: Annotated[
        bool, typer.Option("--public", help="Leave out what is not for publication, and say how much")
    ] = False,
) -> None:
    """Write an auditor's pack of a return or a grant: figures, cost lines, evidence, approvals, changes and a sample, in one zip."""
    from fundtracker.application.actions.pack.gathered import Asked
    from fundtracker.application.actions.pack.writing import write_pack
    from fundtracker.domain.sampling import USUAL_SIZE

    if size is not None and interval:
        raise Refused("Give --size or --interval, not both: each decides how many lines are drawn.")
    asked = Asked(
        seed=seed.strip(),
        size=USUAL_SIZE if size is None else size,
        interval=Money.read(interval) if interval else None,
        public=public,
    )
    with Workspace.open(file) as workspace:
        _tell(write_pack(workspace, " ".join(subject), path, asked), path)


def _tell(done: "WrittenPack", path: Path) -> None:
    """What the pack holds, and how its sample was drawn."""
    contents, sample = done.contents, done.contents.sample
    out.print(f"{contents.cover.name}: {done.files:,} files, {done.size / 2**20:,.1f} MB, in {path}.")
    for label, figure, note in contents.tiles:
        out.print(f"  {label}: {figure} ({note})")
    out.print(
        f"  Drawn from the seed “{sample.seed}”, interval {sample.interval.in_prose}, first penny {sample.start:,}"
    )
    for each in contents.withheld:
        out.print(f"  Withheld: {each.what.lower()}, {each.count:,}")
