"""What packs of every kind are made of: what somebody asked for, the moment of the file, the sample, and the figures on the first page."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from fundtracker import __version__
from fundtracker.application.actions.pack.withholding import WITHHELD, Everything
from fundtracker.domain.columns import Record
from fundtracker.domain.file_names import LONGEST_FOLDER, safe_name
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Office
from fundtracker.domain.sampling import USUAL_SIZE, Sample, SampleLine, draw
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.tie_out import TieOut
from fundtracker.returns.pack.contents import (
    Contents,
    CostLine,
    Cover,
    Figures,
    Missing,
    many,
)
from fundtracker.storage import frozen, repository
from fundtracker.storage.journal import Head, entry_of, head

About = tuple[type[Record], Sequence[int]]
"""Records of a kind, by their ids."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants of a pack. Without a seed, one made of its subject and the history's head; an interval goes before a size."""

    seed: str = ""
    size: int = USUAL_SIZE
    interval: Money | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """A pack's contents, and what its files are drawn or copied from. `kept` are the frozen files; without them `snapshot` is drawn."""

    contents: Contents
    hidden: Everything
    kept_at: Mapping[str, Path]
    tied: TieOut | None
    snapshot: Snapshot | None
    kept: tuple[frozen.FrozenFile, ...]


# What it was made from


@dataclass(frozen=True, slots=True)
class Made:
    """The moment of the file: its history's head, and the day that decides what is due and in force.

    That is the demonstration's day, else the day of the last entry (UTC): the same file always gives the same pack.
    """

    head: Head
    day: date

    @classmethod
    def of(cls, conn: sqlite3.Connection) -> "Made":
        found = head(conn)
        office = next(iter(repository.select(conn, Office)), None)
        if office is not None and office.today is not None:
            return cls(found, office.today)
        return cls(found, entry_of(conn, found[0]).at.astimezone(UTC).date())

    def cover(
        self,
        subject: str,
        name: str,
        asked: Asked,
        office: Office | None,
        *,
        title: str,
        period: str,
        draft: bool = False,
        contents_sha256: str = "",
    ) -> Cover:
        marks = (" DRAFT" if draft else "") + (" public" if asked.public else "")
        banner = office.demonstration if office else ""
        return Cover(
            name=safe_name(name, marks, LONGEST_FOLDER), subject=subject, title=title, period=period, office=office.name if office else "",
            marking=office.marking if office else "OFFICIAL", banner=banner, draft=draft, public=asked.public, made_on=self.day,
            program_version=__version__, sequence=self.head[0], seal=self.head[1], contents_sha256=contents_sha256,
        )  # fmt: skip


# Figures about figures


def sample_of(figures: Figures, asked: Asked, usual: str, apart: tuple[CostLine, ...] = ()) -> Sample:
    """Lines go by their cost's reference; one cost may stand in two lines, so that a line's number decides between them.

    No penny of the lines `apart` is claimed: they are looked at one by one.
    """
    lines = [SampleLine(each.row.cost, each.number, each.amount) for each in figures.claimed_lines()]
    lines += [SampleLine(each.row.cost, each.number, Money(0)) for each in apart]
    return draw(lines, seed=asked.seed or usual, interval=asked.interval, size=asked.size)


def tiles_of(
    label: str, whole: Money, note: str, figures: Figures, gone: tuple[Missing, ...], sample: Sample
) -> tuple[tuple[str, str, str], ...]:
    lines = figures.cost_lines
    with_evidence = sum(each.evidenced for each in lines)
    of_lines = sum(each.line > 0 for each in gone)
    about = f"{of_lines:,} about cost lines; sheet “Missing”" if gone else "every file is whole"
    return (
        (label, whole.in_full, note),
        ("Cost lines", f"{len(lines):,}", f"in {many(len(figures.lines), 'line')} of spend"),
        (
            "With evidence",
            f"{with_evidence:,} of {len(lines):,}",
            "of the cost lines",
        ),
        ("Sample", many(len(sample.drawn), "line"), f"worth {sample.sampled.in_prose}"),
        ("Missing", f"{len(gone):,}", about),
    )


def references(figures: Figures) -> frozenset[str]:
    return frozenset(each.row.cost for each in figures.cost_lines)


def declared_by(hidden: Everything) -> Callable[[PartnerForm], str]:
    def declared(form: PartnerForm) -> str:
        if not hidden.public or not form.declared_by:
            return ", ".join(filter(None, (form.declared_by, form.declared_role)))
        hidden.count("declared")
        return WITHHELD

    return declared
