"""A tree with its types."""

from dataclasses import dataclass, field

from guanxi.formula.function import Function, Overload
from guanxi.formula.tree import Node
from guanxi.formula.types import Type


@dataclass(frozen=True)
class Typed:
    """A node, what it comes to, and for a call the overload and the arguments as that wants them."""

    node: Node
    type: Type
    arguments: "tuple[Typed, ...]" = ()
    function: Function | None = None
    overload: Overload | None = None
    #: What a conversion was put around; it is not stored.
    inner: "Typed | None" = field(default=None)

    @property
    def stored(self) -> Node:
        """The node without conversions."""
        return self.node if self.inner is None else self.inner.stored
