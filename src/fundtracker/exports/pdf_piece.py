"""Piece: what stands on a page, from its height at a given width to its drawing. One border with reportlab's Flowable."""

from typing import Any

from reportlab.platypus import Flowable


class Piece(Flowable):
    """Subclasses say how high they are and draw themselves; those that may break across pages say where."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803, ARG002 - reportlab's names
        self.width, self.height = aW, self.high(aW)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - as above
        return self.parted(aW, aH)

    def high(self, width: float) -> float:
        """The height at this width, in points."""
        raise NotImplementedError

    def parted(self, width: float, room: float) -> list[Flowable]:  # noqa: ARG002 - for those that may break
        """What fits the room and the rest; nothing where it moves to the next page whole."""
        return []

    @property
    def page(self) -> Any:
        """The canvas while drawing; reportlab's stub leaves most of it untyped."""
        return self.canv
