"""The cover of a return on paper: whose return it is, what is claimed, what is declared, and who signs."""

from datetime import date

from reportlab.platypus import Flowable, Spacer

from fundtracker.domain.periods import long_date
from fundtracker.domain.snapshot import Header, Snapshot
from fundtracker.domain.snapshot_text import canonical, fingerprint
from fundtracker.exports.pdf_cells import pounds
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Section
from fundtracker.exports.pdf_parts import Callout, Particulars, Signature, SignatureBlock, Tile, Tiles
from fundtracker.exports.pdf_text import BOLD_BODY, COVER_OFFICE, COVER_SUBTITLE, COVER_TITLE, NOTE, para
from fundtracker.returns.definitions import TO_SIGN


def printed_fingerprint(header: Header) -> str:
    """The head of the history the return was made from, as `fundtracker verify --fingerprint` takes it: "1204:9f3a..."."""
    return f"{header.history_sequence}:{header.history_seal}"


def cover(snapshot: Snapshot) -> Section:
    """A and N: the header, the claim in large figures, the declaration and the block to sign."""
    header = snapshot.header
    body: list[Flowable] = [
        para(header.office or "Office not recorded", COVER_OFFICE),
        para(f"Quarterly return to the {header.funder}", COVER_TITLE),
        para(f"{header.fund} · {header.round_name} ({header.round_code}) · {header.title}", COVER_SUBTITLE),
        para(f"{header.quarter}: {header.months}", COVER_SUBTITLE),
        Spacer(1, 6),
        _state(snapshot),
        _claim(snapshot),
        _particulars(header),
        para("Declaration", BOLD_BODY),
        para(snapshot.sign_off.text),
        _signatures(snapshot),
        *_provenance(snapshot),
    ]
    return Section(title="Cover", body=body, headed=False)


def _state(snapshot: Snapshot) -> Callout:
    header, signed = snapshot.header, snapshot.sign_off.signed_on
    if header.draft:
        made = long_date(header.made_on)
        return Callout(
            "DRAFT", f"Made on {made}, not signed and not submitted. Its figures may still change.", Tone.BAD
        )
    when = f" on {long_date(signed)}" if signed else ""
    return Callout(
        "Submitted",
        f"Signed{when} and frozen. Later corrections stand in the next return, each with its reason.",
        Tone.GOOD,
    )


def _claim(snapshot: Snapshot) -> Tiles:
    cash, header = snapshot.cash, snapshot.header
    return Tiles(
        (
            Tile("Claim for the quarter", pounds(cash.claim), header.quarter, strong=True),
            Tile(
                f"Claimed to date, {header.year}",
                pounds(cash.claimed_to_date),
                f"of {pounds(cash.revised)} awarded",
            ),
            Tile(
                f"Left of the {header.year} award",
                pounds(cash.left),
                "awarded less claimed to date",
                Tone.NEGATIVE if cash.left.pence < 0 else Tone.PLAIN,
            ),
        ),
        height=66,
        figure_size=20,
    )


def _particulars(header: Header) -> Particulars:
    return Particulars(
        (
            ("Award", header.award),
            ("Return", f"{header.return_reference} (number {header.return_number} of this award)"),
            ("Theme", header.theme),
            ("Period", f"{long_date(header.begins_on)} to {long_date(header.ends_on)}"),
            ("Agreement", header.agreement),
            ("Version", header.agreement_version),
            ("Project number", header.project_number),
            ("Due", long_date(header.due_on) if header.due_on else "No due date is set"),
            ("Lead", header.lead),
        ),
        label_width=78,
    )


def _signatures(snapshot: Snapshot) -> SignatureBlock:
    signed = snapshot.sign_off
    return SignatureBlock(
        (
            Signature("Prepared by", signed.prepared_by, "", _day(signed.prepared_on)),
            Signature("Checked by", signed.checked_by, "", _day(signed.checked_on)),
            Signature("Signed by", signed.signed_by, signed.signed_role or TO_SIGN, _day(signed.signed_on)),
        )
    )


def _day(on: date | None) -> str:
    return long_date(on) if on else ""


def _provenance(snapshot: Snapshot) -> list[Flowable]:
    header = snapshot.header
    return [
        para("Fingerprint", BOLD_BODY),
        para(
            f"Made from history entry {header.history_sequence}, seal {header.history_seal}.\n"
            f"Contents of this return, SHA-256: {fingerprint(canonical(snapshot))}.\n"
            f"Form version {header.form_version}; fundtracker {header.program_version}; made on {long_date(header.made_on)}.\n"
            "A change to history at or below a fingerprint you hold is detected by “fundtracker verify”.",
            NOTE,
        ),
    ]
