"""What a new stage means for an opportunity: its probability follows, and a closed one has a closing date."""

from collections.abc import Sequence
from datetime import date

from guanxi.sdk.saving import (
    Choice,
    Clock,
    ObjectDefinition,
    Operation,
    RecordDraft,
    UnitOfWork,
    Viewer,
    stages_of,
)


class StageProgress:
    """A saving step. What is set by hand in the same change is left as it is, and so is what a file says."""

    #: It only fills in.
    may_refuse = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        definition: ObjectDefinition,
        drafts: Sequence[RecordDraft],
        operation: Operation,
    ) -> None:
        field = definition.stage_field
        if field is None:
            return
        stages = stages_of(definition)
        for draft in drafts:
            stage = stages.get(draft.values.get(field.name) or "")
            if stage is None or not draft.changes(field.name):
                continue
            before = stages.get(draft.before.get(field.name) or "")
            _follow(draft, definition, stage, before)
            if stage.kind in ("won", "lost") and viewer.source != "import":
                moment = draft.at or self._clock.now()
                _close(draft, definition, moment.astimezone(viewer.zone).date())


def _follow(
    draft: RecordDraft, definition: ObjectDefinition, stage: Choice, before: Choice | None
) -> None:
    """A probability set by hand stays while the opportunity is open; the end of it is certain."""
    if "probability" in draft.values or "probability" not in definition.fields:
        return
    current = draft.before.get("probability")
    by_hand = current is not None and (before is None or current != before.probability)
    if stage.kind == "open" and by_hand:
        return
    draft.values["probability"] = stage.probability


def _close(draft: RecordDraft, definition: ObjectDefinition, today: date) -> None:
    """The date it was expected to close by is no longer one when it lies ahead."""
    if "close_date" in draft.values or "close_date" not in definition.fields:
        return
    expected = draft.before.get("close_date")
    if expected is None or expected > today:
        draft.values["close_date"] = today
