"""Asks duplicate rules of records before they are saved: some are refused, others people must confirm."""

from collections.abc import Sequence

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.match_rules import CheckedMatch, match_rules_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import Operation, RecordDraft
from guanxi.records.duplicates import Duplicate, duplicates_of, known_duplicates
from guanxi.records.parse_values import pointer

#: The code of a problem that passes once people confirmed it.
POSSIBLE = "possible_duplicate"

_POSSIBLE = Text(
    zh="可能重复：「{object}」里的“{name}”和它的{fields}相同或相近。请使用那一条，或确认后仍然保存。",
    en="This may be there already: “{name}” ({object}) has the same or a similar {fields}. Use that one, or confirm and"
    " save it anyway.",
)
_BLOCKED = Text(
    zh="重复：「{object}」里的“{name}”和它的{fields}相同，不能保存。请使用那一条。",
    en="This is there already: “{name}” ({object}) has the same {fields}. Use that one.",
)
_ANOTHER = Text(zh="同时保存的另一条记录", en="another record that is saved with it")


async def judge_duplicates(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    operation: Operation,
) -> None:
    """Adds a problem to each draft that may be there already; drafts that accept it are refused only by what blocks."""
    for match in match_rules_of(viewer.catalog.objects, definition):
        asked = [
            draft
            for draft in drafts
            if not draft.problems
            and (operation == "create" or any(draft.changes(name) for name in match.looks_at))
            and (match.rule.block_at is not None or not _is_accepted(viewer, draft))
        ]
        if asked:
            await _judge(work, viewer, asking, definition, match, asked)


async def _judge(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    definition: ObjectDefinition,
    match: CheckedMatch,
    drafts: Sequence[RecordDraft],
) -> None:
    found = await duplicates_of(work, match, drafts, definition.name)
    worst = {
        place: each[0]
        for place, each in found.items()
        if each[0].is_blocking or not _is_accepted(viewer, drafts[place])
    }
    names = await _names(work, viewer, asking, list(worst.values()))
    for place, one in worst.items():
        draft = drafts[place]
        labels = [text_of(definition.fields[name].label) for name in one.fields]
        message = (_BLOCKED if one.is_blocking else _POSSIBLE).fill(
            object=text_of(match.other.label),
            name=names.get(one, _ANOTHER),
            fields=Text(
                zh="、".join(f"「{label.zh}」" for label in labels),
                en=", ".join(label.en for label in labels),
            ),
        )
        name = next((each for each in one.fields if draft.changes(each)), one.fields[0])
        code = "duplicate" if one.is_blocking else POSSIBLE
        draft.problems.append(FieldProblem(pointer(name), code, message, name))


def _is_accepted(viewer: Viewer, draft: RecordDraft) -> bool:
    """Where the platform saves by itself there is nobody to ask."""
    return draft.accepts_duplicates or viewer.person_id is None


async def _names(
    work: UnitOfWork, viewer: Viewer, asking: Asking, duplicates: Sequence[Duplicate]
) -> dict[Duplicate, str]:
    """What each is called, as far as the viewer may know it."""
    found: dict[Duplicate, str] = {}
    for one in duplicates[:20]:
        for known in await known_duplicates(work, viewer, asking, [one]):
            found[one] = known.name or "…"
    return found
