"""What the rules of an object say of records as they are being filled in, before anything is saved.

Forms and lists follow by themselves what looks at the record alone; this answers for what hangs on other records, on
calendars or on whom the viewer leads, so that nobody fills in what the save would refuse.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_ids
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import ObjectRules, Rule, RuleKind, rules_of_object
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.check import check_references
from guanxi.records.draft import RecordDraft
from guanxi.records.errors import TooManyRecordsError
from guanxi.records.fill_defaults import fill_defaults
from guanxi.records.locking_store import read_rows
from guanxi.records.offers import clear_defaults, options_refused
from guanxi.records.own import set_defaults, set_owner_and_department
from guanxi.records.parse_values import parse_values
from guanxi.records.rights import HeldGrants, grants_of, object_to_fill_in, readable
from guanxi.records.rule_answers import RuleAnswers, answers_of
from guanxi.records.saving import MOST_AT_ONCE, Saving
from guanxi.records.set_computed import set_computed


@dataclass(frozen=True)
class FilledIn:
    """A record that is being filled in: wire values over what is saved; a new one has no id."""

    id: UUID | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToldRules:
    """The names of fields the rules of an object say something of."""

    id: UUID | None
    hidden: Sequence[str] = ()
    required: Sequence[str] = ()
    read_only: Sequence[str] = ()
    #: The options that are not offered, by field.
    not_offered: Mapping[str, Sequence[str]] = field(default_factory=dict)


async def told_rules(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    object_name: str,
    records: Sequence[FilledIn],
) -> list[ToldRules]:
    """What the rules say of each record the viewer may change; the others are left out.

    A rule that looks at what the viewer may not read is left to the save: whoever tries values would else learn what
    stands there. Raises ObjectNotFoundError, TooManyRecordsError.
    """
    definition = object_to_fill_in(viewer, object_name)
    if len(records) > MOST_AT_ONCE:
        raise TooManyRecordsError(most=MOST_AT_ONCE)
    telling = _Telling(work, viewer, saving, definition)
    saved = await telling.saved([one for one in records if one.id is not None])
    new = await telling.new([one for one in records if one.id is None])
    return [*saved, *new]


class _Telling:
    def __init__(
        self, work: UnitOfWork, viewer: Viewer, saving: Saving, definition: ObjectDefinition
    ) -> None:
        self._work = work
        self._viewer = viewer
        self._saving = saving
        self._definition = definition
        self._rules: ObjectRules = rules_of_object(viewer.catalog, definition.name)
        self._fields = [
            one for one in definition.fields.values() if viewer.may_read(definition.name, one.name)
        ]

    async def saved(self, records: Sequence[FilledIn]) -> list[ToldRules]:
        if not records or not self._viewer.may(Action.EDIT, self._definition.name):
            return []
        ids = [one.id for one in records if one.id is not None]
        rows = await read_rows(self._work, self._definition, ids)
        seen = await self._seen(ids)
        drafts = []
        for place, one in enumerate(records):
            row = rows.get(one.id) if one.id is not None else None
            if row is None or row["deleted_at"] is not None or one.id is None:
                continue
            if seen is not None and not seen.get(one.id):
                continue
            values, _ = parse_values(self._viewer, self._definition, one.values, Action.EDIT)
            draft = RecordDraft(place, one.id, before=row, version=row["version"])
            draft.values = {name: value for name, value in values.items() if value != row.get(name)}
            drafts.append(draft)
        await check_references(
            self._work, self._viewer, self._saving.asking, self._definition, drafts
        )
        set_computed(self._viewer, self._definition, drafts, self._saving.clock.now())
        return await self._told(drafts, seen)

    async def new(self, records: Sequence[FilledIn]) -> list[ToldRules]:
        if not records or not self._viewer.may(Action.CREATE, self._definition.name):
            return []
        now = self._saving.clock.now()
        drafts = []
        for place, (one, id_) in enumerate(zip(records, new_ids(len(records)), strict=True)):
            values, _ = parse_values(self._viewer, self._definition, one.values, Action.CREATE)
            drafts.append(RecordDraft(place, id_, values=values))
        sent = {draft.id: frozenset(draft.values) for draft in drafts}
        await check_references(
            self._work, self._viewer, self._saving.asking, self._definition, drafts
        )
        set_defaults(self._viewer, self._definition, drafts)
        await set_owner_and_department(self._work, self._viewer, drafts)
        await fill_defaults(self._work, self._viewer, self._definition, drafts, now)
        set_computed(self._viewer, self._definition, drafts, now)
        if await clear_defaults(self._work, self._viewer, self._definition, drafts, now, sent=sent):
            set_computed(self._viewer, self._definition, drafts, now)
        return await self._told(drafts, None)

    async def _seen(self, ids: Sequence[UUID]) -> HeldGrants | None:
        """The grants that show each row the viewer may change; None for an administrator, who sees all."""
        if self._viewer.rights.is_administrator:
            return None
        statement = self._saving.asking.held_grants(
            self._viewer, self._definition, Action.EDIT, tuple(ids), also_seen=True
        )
        rows = await self._work.rows(statement.text, statement.parameters)
        acting = grants_of(rows, self._viewer, self._definition, Action.EDIT)
        seeing = grants_of(rows, self._viewer, self._definition, Action.SEE, column=2)
        return {id_: grants for id_, grants in seeing.items() if acting.get(id_)}

    async def _told(
        self, drafts: Sequence[RecordDraft], seen: HeldGrants | None
    ) -> list[ToldRules]:
        before = {
            draft.id: RecordDraft(draft.place, draft.id, draft.before, version=draft.version)
            for draft in drafts
            if draft.version
        }
        asked = []
        for rule in self._askable():
            some = [draft for draft in drafts if self._may_tell(rule, draft, seen)]
            asked.append((rule, some))
            if rule.kind is RuleKind.READ_ONLY:
                asked.append((rule, [before[draft.id] for draft in some if draft.version]))
        answers = await answers_of(
            self._work, self._viewer, self._definition, asked, self._saving.clock.now()
        )
        return [self._of(draft, before.get(draft.id), answers) for draft in drafts]

    def _askable(self) -> Iterator[Rule]:
        """The rules of fields that look at nothing the viewer may not read."""
        for one in self._fields:
            kinds = (RuleKind.VISIBLE, RuleKind.REQUIRED, RuleKind.READ_ONLY)
            rules = [self._rules.of(kind, one.name) for kind in kinds]
            for rule in (*rules, *(self._rules.options or {}).get(one.name, ())):
                if rule is not None and all(
                    self._viewer.may_read(*key) for _, key in rule.sources()
                ):
                    yield rule

    def _may_tell(self, rule: Rule, draft: RecordDraft, seen: HeldGrants | None) -> bool:
        """Whether the viewer may read on this record what the rule looks at, and follow the links that were chosen."""
        if not rule.is_local and draft.problems:
            return False
        if seen is None or rule.field is None:
            return True
        names = {rule.field.name, *rule.looks_at}
        return all(readable(seen.get(draft.id, ()), name) for name in names)

    def _of(
        self, draft: RecordDraft, before: RecordDraft | None, answers: RuleAnswers
    ) -> ToldRules:
        def says(kind: RuleKind, one: FieldDefinition, of: RecordDraft) -> bool | None:
            rule = self._rules.of(kind, one.name)
            known = rule is not None and answers.knows(rule, of)
            return answers.of(rule, of) is True if rule is not None and known else None

        names = [
            [one.name for one in self._fields if says(kind, one, draft) is wanted]
            for kind, wanted in ((RuleKind.VISIBLE, False), (RuleKind.REQUIRED, True))
        ]
        locked = [
            one.name
            for one in self._fields
            if before is not None
            and self._viewer.person is not None
            and says(RuleKind.READ_ONLY, one, before) is True
            and says(RuleKind.READ_ONLY, one, draft) is True
        ]
        offers = self._rules.options or {}
        refused = {
            one.name: options_refused(one, offers[one.name], draft, answers)
            for one in self._fields
            if one.name in offers
        }
        return ToldRules(
            id=draft.id if draft.version else None,
            hidden=names[0],
            required=names[1],
            read_only=locked,
            not_offered={name: options for name, options in refused.items() if options},
        )
