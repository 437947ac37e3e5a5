"""What a step of a design would do to records and to those who work with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.capabilities import ValueKind
from guanxi.fields.options_of_choice import Choice, ChoicesOptions
from guanxi.kit.text import Text, text_of
from guanxi.metadata import ddl, plan_words, retype_store, unique_store
from guanxi.metadata import plan_counts as counts
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.made import Drafted, FieldChanged, FieldMade, Made, ObjectChanged, ObjectMade
from guanxi.metadata.model import Catalog, FieldDefinition, FieldRules, ObjectDefinition
from guanxi.metadata.references import References, Use, User
from guanxi.metadata.unique_rules import unique_of_object

Lock = Literal["none", "brief", "long"]

#: What a row costs when an index is built.
_SECONDS_PER_ROW = 2e-6
_SECONDS = 0.05
#: Converting a value takes as long as that many entries of an index.
_CONVERTING = 20


@dataclass(slots=True)
class Effect:
    """What one step does. `lock` is how long others wait for the table: never long, indexes are built beside them."""

    lock: Lock = "none"
    rows: int = 0
    seconds: float = _SECONDS
    warnings: list[Text] = field(default_factory=list)
    #: What records lose, and only a step back brings back.
    loss: Text | None = None
    #: Why it cannot be done now, and what uses the thing.
    blockers: list[tuple[Text, tuple[User, ...]]] = field(default_factory=list)


class Effects:
    """Looks at the records and uses of a workspace as they are before a design."""

    def __init__(
        self,
        work: UnitOfWork,
        catalog: Catalog,
        drafted: Drafted,
        references: References,
        uses: Sequence[Use],
        *,
        shows_values: bool,
    ) -> None:
        self._references = references
        self._shows_values = shows_values
        self._work = work
        self._catalog = catalog
        self._after: Mapping[str, ObjectDefinition] = drafted.objects
        self._uses = uses
        self._sizes: dict[str, int] = {}

    async def of(self, made: Made) -> Effect:
        effect = Effect(rows=await self._size(made.definition.name))
        if isinstance(made, ObjectMade):
            effect.warnings.append(
                plan_words.GRANTED.fill(count=len(made.grant_roles))
                if made.grant_roles
                else plan_words.ADMINISTRATORS_ONLY
            )
        elif isinstance(made, ObjectChanged):
            if made.before.retired_at is None and made.definition.retired_at is not None:
                self._retire_object(effect, made.definition)
            else:
                await self._make_unique(effect, made)
        elif isinstance(made, FieldMade):
            self._add_field(effect, made)
        elif made.before.retired_at != made.field.retired_at:
            if made.field.retired_at is not None:
                await self._retire_field(effect, made)
        else:
            await self._change_field(effect, made)
        return effect

    async def _size(self, object_name: str) -> int:
        if object_name not in self._catalog.objects:
            return 0
        if object_name not in self._sizes:
            self._sizes[object_name] = await counts.size(self._work, object_name)
        return self._sizes[object_name]

    def _is_kept(self, definition: ObjectDefinition, one: FieldDefinition) -> bool:
        """Whether the field has a column already; not when the same design adds it."""
        known = self._catalog.find(definition.name)
        return known is not None and (one.name in known.fields or one.name in known.retired_fields)

    def _retire_object(self, effect: Effect, definition: ObjectDefinition) -> None:
        if effect.rows:
            effect.warnings.append(plan_words.DISAPPEAR.fill(rows=effect.rows))
        links = tuple(
            User("field", str(link.id), _named(other, link))
            for other in self._after.values()
            if other.name != definition.name and other.retired_at is None and not other.built_in
            for link in other.fields.values()
            if definition.name in (link.target, link.listed_target) and not link.system
        )
        if links:
            message = plan_words.LINKED.fill(object=text_of(definition.label))
            effect.blockers.append((message, links))

    async def _make_unique(self, effect: Effect, made: ObjectChanged) -> None:
        """New unique rules: what stands in their way is counted."""
        known = self._catalog.find(made.definition.name)
        after = self._after[made.definition.name]
        old = () if known is None else known.unique_rules
        new = [one for one in made.definition.unique_rules if one not in old]
        if not new:
            return
        effect.lock = "brief"
        effect.seconds = _seconds(effect.rows)
        for one in unique_of_object(self._after, after):
            if one.rule not in new:
                continue
            if not await unique_store.can_be_kept(self._work, after, one):
                effect.blockers.append((plan_words.NOT_KEPT.fill(fields=one.label), ()))
            elif known is not None and one.looks_at <= set(known.fields):
                count = await unique_store.repeated(self._work, after, one)
                if count:
                    message = plan_words.NOT_UNIQUE_TOGETHER.fill(fields=one.label, count=count)
                    effect.blockers.append((message, ()))

    def _add_field(self, effect: Effect, made: FieldMade) -> None:
        effect.lock = "brief" if made.definition.name in self._catalog.objects else "none"
        if ddl.index_of(made.definition, made.field) is not None:
            effect.seconds = _seconds(effect.rows)
        if made.field.required and effect.rows:
            effect.warnings.append(plan_words.LEFT_EMPTY.fill(rows=effect.rows))

    async def _retire_field(self, effect: Effect, made: FieldChanged) -> None:
        table, one = made.definition.name, made.field
        if self._is_kept(made.definition, one):
            rows = await counts.filled(self._work, table, one.name)
            if rows:
                effect.warnings.append(plan_words.VALUES_KEPT.fill(rows=rows))
        uses = [use for use in self._uses if (use.object, use.field) == (table, one.name)]
        needed = _users(use for use in uses if use.is_needed)
        if needed:
            message = plan_words.USED.fill(field=text_of(one.label))
            effect.blockers.append((message, needed))
        others = _users(use for use in uses if not use.is_needed)
        if others:
            effect.warnings.append(plan_words.USED_TOO.fill(count=len(others)))

    async def _change_field(self, effect: Effect, made: FieldChanged) -> None:
        before, after, table = made.before, made.field, made.definition.name
        if ddl.index_of(made.definition, before) != ddl.index_of(made.definition, after):
            effect.lock = "brief"
            effect.seconds = _seconds(effect.rows)
        if not self._is_kept(made.definition, after):
            return
        if made.is_retyped:
            await self._retype(effect, made)
            return
        if after.formula not in (None, before.formula):
            effect.blockers += [
                (plan_words.UNIQUE_COMPUTED.fill(fields=one.label), ())
                for one in unique_of_object(self._after, self._after[table])
                if after.name in one.looks_at
            ]
        if before.formula is None and after.formula is not None:
            await self._compute_field(effect, made)
            return
        if before.formula is not None and after.formula is None:
            await self._fill_in_field(effect, made)
            return
        if after.unique and not before.unique:
            count = await counts.repeated(self._work, table, after.name)
            if count:
                effect.blockers.append((plan_words.NOT_UNIQUE.fill(count=count), ()))
        if after.required and not before.required:
            rows = await counts.empty(self._work, table, after.name)
            if rows:
                effect.warnings.append(plan_words.LEFT_EMPTY.fill(rows=rows))
        await self._tighten(effect, made)
        await self._retire_options(effect, made)

    async def _compute_field(self, effect: Effect, made: FieldChanged) -> None:
        """People filled it in so far."""
        before, table = made.before, made.definition.name
        effect.lock = "brief"
        rows = await counts.filled(self._work, table, before.name)
        if before.system:
            effect.warnings.append(plan_words.RENAMED.fill(rows=rows))
            return
        if rows:
            effect.warnings.append(plan_words.REPLACED.fill(rows=rows))
        heeded = replace(before.rules, visible_when=None) != FieldRules()
        if before.required or before.unique or before.default is not None or heeded:
            effect.warnings.append(plan_words.HEEDED_NO_MORE)

    async def _fill_in_field(self, effect: Effect, made: FieldChanged) -> None:
        """It was computed so far."""
        field, table, kept = made.field, made.definition.name, made.takes_back
        if kept is not None:
            effect.lock = "brief"
            rows = await counts.filled(self._work, table, kept.name)
            effect.warnings.append(plan_words.COMES_BACK.fill(rows=rows))
        elif computed_fields(self._catalog).is_live(table, field.name):
            effect.warnings.append(plan_words.STARTS_EMPTY)
        else:
            rows = await counts.filled(self._work, table, field.name)
            effect.warnings.append(plan_words.STAYS.fill(rows=rows))
            if await counts.is_computing(self._work, table, field.name):
                effect.warnings.append(plan_words.NOT_YET_COMPUTED)
        column = field.name if kept is None else kept.name
        if field.unique:
            count = await counts.repeated(self._work, table, column)
            if count:
                effect.blockers.append((plan_words.NOT_UNIQUE.fill(count=count), ()))

    async def _retype(self, effect: Effect, made: FieldChanged) -> None:
        """It gets another type, or its earlier one back."""
        table, before, after = made.definition.name, made.before, made.field
        effect.lock = "brief"
        effect.seconds = _seconds(effect.rows * _CONVERTING)
        broken = await self._breaks(made)
        if broken:
            message = plan_words.RETYPE_USED.fill(field=text_of(after.label))
            effect.blockers.append((message, broken))
        if made.takes_back is not None:
            rows = await counts.filled(self._work, table, made.takes_back.name)
            effect.warnings.append(plan_words.TYPE_COMES_BACK.fill(rows=rows))
            if after.unique:
                count = await counts.repeated(self._work, table, made.takes_back.name)
                if count:
                    effect.blockers.append((plan_words.NOT_UNIQUE.fill(count=count), ()))
            return
        seen = await retype_store.preview(self._work, table, before, after)
        if seen.empty:
            some = self._examples(seen.empty_examples)
            effect.loss = plan_words.EMPTIED.fill(rows=seen.empty, some=some)
        if seen.inexact:
            some = self._examples(seen.inexact_examples)
            effect.warnings.append(plan_words.INEXACT.fill(rows=seen.inexact, some=some))
        if seen.exact:
            effect.warnings.append(plan_words.CONVERTED.fill(rows=seen.exact))
        if seen.looked_at == retype_store.MOST_LOOKED_AT:
            effect.warnings.append(plan_words.FIRST_ONLY.fill(rows=seen.looked_at))
        if effect.rows:
            effect.warnings.append(plan_words.CONVERTED_SOON)
        heeded = replace(before.rules, visible_when=None) != FieldRules()
        if before.unique or before.default is not None or heeded:
            effect.warnings.append(plan_words.RETYPED_NO_MORE)

    async def _breaks(self, made: FieldChanged) -> tuple[User, ...]:
        """Views and roles that ask something of the field that its new type does not answer."""
        objects = {**self._catalog.objects, **self._after}
        after = replace(self._catalog, objects=objects)
        found = await self._references.broken(self._work, self._catalog, after)
        key = made.definition.name, made.field.name
        users = {
            (use.user.kind, use.user.id) for use in self._uses if (use.object, use.field) == key
        }
        return tuple(one for one in found if (one.kind, one.id) in users)

    def _examples(self, some: Sequence[str]) -> Text:
        """Values are shown to those who may see every record."""
        if not some or not self._shows_values:
            return Text(zh="", en="")
        return plan_words.SUCH_AS.fill(examples=Text(zh="、".join(some), en=", ".join(some)))

    async def _tighten(self, effect: Effect, made: FieldChanged) -> None:
        """Limits that old values may not keep."""
        old, new = made.before.options, made.field.options
        table, name = made.definition.name, made.field.name
        rows = 0
        limit = getattr(new, "max_length", None)
        if limit is not None and limit < getattr(old, "max_length", limit):
            rows = await counts.longer(self._work, table, name, limit)
            effect.warnings += [plan_words.TOO_LONG.fill(rows=rows, limit=limit)] if rows else []
        decimals = getattr(new, "decimals", None)
        if decimals is not None and decimals != getattr(old, "decimals", None):
            rows = await counts.more_decimals(self._work, table, name, decimals)
            effect.warnings += [plan_words.ROUNDED.fill(rows=rows, limit=decimals)] if rows else []
        limits = [getattr(new, "minimum", None), getattr(new, "maximum", None)]
        if limits != [getattr(old, "minimum", None), getattr(old, "maximum", None)]:
            rows = await counts.outside(self._work, table, name, *limits)
            effect.warnings += [plan_words.OUTSIDE.fill(rows=rows)] if rows else []
        if getattr(new, "currency", None) != getattr(old, "currency", None):
            effect.warnings.append(plan_words.CURRENCY)

    async def _retire_options(self, effect: Effect, made: FieldChanged) -> None:
        for option in _options_retired(made):
            label = text_of({str(locale): text for locale, text in option.label.items()})
            rows = await counts.having(
                self._work,
                made.definition.name,
                made.field.name,
                option.value,
                is_list=made.field.type.value_kind is ValueKind.TEXTS,
            )
            if rows:
                effect.warnings.append(plan_words.OPTION_USED.fill(rows=rows, option=label))
            users = _users(
                use
                for use in self._uses
                if (use.object, use.field) == (made.definition.name, made.field.name)
                and option.value in use.values
                and use.is_needed
            )
            if users and getattr(made.field.options, "is_stage", False):
                effect.blockers.append((plan_words.OPTION_FILTERED.fill(option=label), users))


def _options_retired(made: FieldChanged) -> list[Choice]:
    old, new = made.before.options, made.field.options
    if not isinstance(old, ChoicesOptions) or not isinstance(new, ChoicesOptions):
        return []
    in_use = {one.value for one in old.choices if not one.retired}
    return [one for one in new.choices if one.retired and one.value in in_use]


def _users(uses: Iterable[Use]) -> tuple[User, ...]:
    """Each user once."""
    return tuple({(use.user.kind, use.user.id): use.user for use in uses}.values())


def _named(definition: ObjectDefinition, one: FieldDefinition) -> dict[str, str]:
    label, name = text_of(definition.label), text_of(one.label)
    return Text(zh=f"{label.zh}·{name.zh}", en=f"{label.en} · {name.en}").as_label()


def _seconds(rows: int) -> float:
    return round(_SECONDS + rows * _SECONDS_PER_ROW, 2)
