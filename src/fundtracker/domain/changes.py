"""Change: one record before and after. Undo, history and refresh are all made of these."""

from dataclasses import dataclass

from fundtracker.domain.columns import Record


@dataclass(frozen=True, slots=True)
class Change:
    """A record added (no before), edited (both) or removed (no after)."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change has a before or an after")

    @property
    def record(self) -> Record:
        """The record as it now is, or as it last was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - __post_init__ made sure
        return found

    @property
    def kind(self) -> type[Record]:
        return type(self.record)

    @property
    def record_id(self) -> int:
        return self.record.id

    @property
    def reversed(self) -> "Change":
        return Change(self.after, self.before)


ChangeSet = tuple[Change, ...]


def added(*records: Record) -> ChangeSet:
    """Each record, new."""
    return tuple(Change(None, each) for each in records)


def edited(before: Record, after: Record) -> ChangeSet:
    return (Change(before, after),)


def removed(*records: Record) -> ChangeSet:
    """Each record, gone."""
    return tuple(Change(each, None) for each in records)
