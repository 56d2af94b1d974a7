"""Members by a piece of their name: 'campaigns with search in the name', 'starting with R'."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.understand.constructions.engine import Construction, Scene, construction, every, first
from assistant.understand.outcomes import Decline, options
from assistant.understand.spans import Span

_SEPARATORS = str.maketrans("", "", " _-\"'`")
DEFAULT = "campaign"  # whose names people mean where they don't say
_ANY = "(member|unknown|metric|period|number|vague|superlative|out_of_reach|filler|ambiguous|part|unplaced)"
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda name, piece: piece in name,
    "starts": lambda name, piece: name.startswith(piece),
    "ends": lambda name, piece: name.endswith(piece),
}


@construction(
    f"exclude? dimension? with? exclude? name_part {_ANY} ((and)* name_part)?|exclude? dimension? with {_ANY} name_part"
)
def named_like(scene: Scene, spans: Sequence[Span]) -> None:
    """All members whose name has the piece, said by name in the interpretation."""
    dimension_span = first(spans, "dimension")
    dimension = dimension_span.value if dimension_span else DEFAULT
    piece = next(span for span in spans if span.kind not in {"exclude", "dimension", "with", "name_part", "and"})
    test = _TESTS[every(spans, "name_part")[0].value]
    wanted = _squashed(piece.text)
    found = tuple(member for member in scene.catalogue.members[dimension] if test(_squashed(member), wanted))
    if not found:
        plural = scene.model.dimensions[dimension].plural
        raise Decline(f"None of the {plural} has “{piece.text}” there.", options(f"which {plural} do we have?"))
    scene.draft.add_members(dimension, found, leave_out=first(spans, "exclude") is not None)
    if dimension_span and scene.opens_with(dimension_span):
        scene.break_down_by(dimension)


def _squashed(text: str) -> str:
    """Without case, separators and quotation marks; plain, as it is done for each of thousands of names."""
    return text.casefold().translate(_SEPARATORS)


CONSTRUCTIONS: tuple[Construction, ...] = (named_like,)
