"""Start here.pdf of a pack: a page or two that say what it is, how to follow a figure, how to check it, and what isn't in it."""

from collections.abc import Callable
from pathlib import Path

from reportlab.platypus import Flowable, Spacer

from fundtracker.domain.periods import long_date
from fundtracker.exports.pdf_cells import figure, pounds, short, words
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Paper, Section, part_heading, write_document
from fundtracker.exports.pdf_parts import Callout, Particulars, Tile, Tiles
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import COVER_OFFICE, COVER_SUBTITLE, COVER_TITLE, NOTE, para
from fundtracker.returns.pack.contents import Contents, Missing, many
from fundtracker.returns.pack.sheets_papers import EXTRACT, STEPS

INDEX, SUMS, RETURN, EVIDENCE = "Index.xlsx", "SHA256SUMS.txt", "Return", "Evidence"
_MOST_MISSING = 5
"""Named here, the largest first; the index has them all."""


def write_start_page(contents: Contents, path: Path, clean: Callable[[str], str]) -> None:
    """Write the page to `path`; each text goes through `clean`."""
    cover = contents.cover
    paper = Paper(
        title=clean(cover.name),
        subject=clean(f"Auditor's pack: {cover.subject}"),
        author=cover.office,
        marking=cover.marking,
        footer=f"Fingerprint {cover.fingerprint}",
        draft=cover.draft,
        banner=cover.banner,
    )
    write_document(path, paper, [Section(title="Start here", body=_body(contents, clean), headed=False)])


def _body(contents: Contents, clean: Callable[[str], str]) -> list[Flowable]:
    cover = contents.cover
    return [
        para(cover.office or "Office not recorded", COVER_OFFICE),
        para(clean(f"Auditor's pack: {cover.subject}"), COVER_TITLE),
        para(clean(" · ".join(filter(None, (cover.title, cover.period)))), COVER_SUBTITLE),
        Spacer(1, 4),
        *_state(contents),
        Tiles([Tile(label, value, clean(note), strong=not n) for n, (label, value, note) in enumerate(contents.tiles)], height=58),
        part_heading("Follow a figure in three clicks", "steps", needs=60),
        para(f"{EXTRACT} Then open {INDEX}."),
        *(para(f"{number}. {step}") for number, step in enumerate(STEPS, 1)),
        part_heading("What is here", "contents", needs=60),
        TableFlow([short("Name"), words("What it is")], _contents(contents), largest=8.0),
        part_heading("The sample", "sample", needs=60),
        para(clean(_sample(contents))),
        *_missing(contents, clean),
        part_heading("What it was made from", "fingerprint", needs=60),
        Particulars(
            (
                ("History entry", f"{cover.sequence:,}"), ("Made on", long_date(cover.made_on)), ("Seal", cover.seal),
                *((("Return", f"contents SHA-256 {cover.contents_sha256}"),) if cover.contents_sha256 else ()),
            ),
            columns=1,
        ),
        para(
            f"To check every file: in the pack's folder run “sha256sum -c {SUMS}” (Windows: “certutil -hashfile FILE SHA256” gives the sum of one)."
            " A change to history at or below a fingerprint you hold is detected by “fundtracker verify”.",
            NOTE,
        ),
    ]  # fmt: skip


def _state(contents: Contents) -> list[Flowable]:
    cover = contents.cover
    found: list[Flowable] = []
    if cover.draft:
        found.append(
            Callout(
                "DRAFT", "The return is not signed and not submitted. Its figures may still change.", Tone.BAD
            )
        )
    if cover.public:
        held = sum(each.count for each in contents.withheld)
        told = "; ".join(
            f"{each.what.lower()}: {each.count:,} ({each.why[:1].lower()}{each.why[1:]})"
            for each in contents.withheld
        )
        text = (
            f"{many(held, 'thing is', 'things are')} withheld. {told[:1].upper()}{told[1:]}."
            if held
            else "Nothing had to be withheld."
        )
        found.append(Callout("Public copy", text, Tone.WARNING))
    return found


def _contents(contents: Contents) -> list[tuple[str, str]]:
    files, held = contents.files, sum(each.size for each in contents.files)
    rows = [
        (
            INDEX,
            "Figures, cost lines with their evidence, sample, everything missing, approvals, changes, checks and more; begin on its sheet Start",
        )
    ]
    rows += [
        (
            each.file,
            "The return as it was submitted, byte for byte"
            if each.frozen
            else "The return, drawn for this pack",
        )
        for each in contents.return_files
    ]
    rows.append(
        (
            f"{EVIDENCE} folder",
            f"{many(len(files), 'file')}, {_bytes(held)}, each checked against its SHA-256 when it was copied",
        )
    )
    rows.append((SUMS, "The SHA-256 of every other file here"))
    return rows


def _sample(contents: Contents) -> str:
    sample = contents.sample
    if not sample.drawn:
        return "There is no value to draw a sample from."
    evidenced = sum(contents.line(each.line.record_id).evidenced for each in sample.drawn)
    apart = (
        f" {many(len(sample.apart), 'credit or reversal is', 'credits and reversals are')} listed apart."
        if sample.apart
        else ""
    )
    return (
        f"Drawn by value (monetary unit sampling): {len(sample.drawn):,} of {many(len(sample.population), 'line')}, {pounds(sample.sampled)} of {pounds(sample.value)};"
        f" {evidenced:,} of the {len(sample.drawn):,} have their evidence in this pack. Seed “{sample.seed}”, interval {pounds(sample.interval)}, first penny {sample.start:,}."
        f" Anybody draws the same lines from these; give a seed of your own to draw others.{apart}"
    )


def _missing(contents: Contents, clean: Callable[[str], str]) -> list[Flowable]:
    missing = contents.missing
    heading = part_heading("What is missing", "missing", needs=60)
    if not missing:
        return [heading, para("Nothing: every cost line has evidence, and every file is whole.")]
    counts: dict[str, int] = {}
    for each in missing:
        counts[each.what] = counts.get(each.what, 0) + 1
    told = "; ".join(f"{what.lower()}: {count:,}" for what, count in counts.items())
    largest = sorted(missing, key=_size)[:_MOST_MISSING]
    rows = [(each.what, clean(each.reference), each.amount, clean(each.why)) for each in largest]
    more = (
        f" Below are {len(rows):,} of {len(missing):,}, costs first and the largest before others."
        if len(missing) > len(rows)
        else ""
    )
    return [
        heading,
        para(f"{told[:1].upper()}{told[1:]}.{more} The index's sheet Missing lists every one."),
        TableFlow([words("What", 1.1), words("Of", 3.0), figure("£"), words("Why", 2.2)], rows, largest=7.5),
    ]


def _size(each: Missing) -> tuple[bool, int, str]:
    return (not each.line, -abs(each.amount.pence) if each.amount else 0, each.reference)


def _bytes(size: int) -> str:
    """ "340 KB", "12.5 MB"."""
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 else f"{-(-size // 2**10):,} KB"
