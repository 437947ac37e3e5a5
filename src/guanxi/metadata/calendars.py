"""Changes of work calendars, told to every process and to the fields that are computed by them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from guanxi.calendars import store
from guanxi.calendars.check import check_calendar
from guanxi.calendars.ensure import with_days
from guanxi.calendars.errors import (
    CalendarChangedError,
    CalendarNeededError,
    CalendarNotFoundError,
    InvalidCalendarError,
)
from guanxi.calendars.fill import days_of
from guanxi.calendars.model import (
    YEARS,
    Calendar,
    CalendarDefinition,
    Source,
    SpecialDay,
    Week,
)
from guanxi.calendars.public_holidays import public_holidays
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.calendar_names import asked_calendars
from guanxi.formula.tree import Node
from guanxi.formula.work_calendar import STANDARD
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import ComputedField, computed_fields
from guanxi.metadata.computing_store import leave_field
from guanxi.metadata.draft_rules import word_of
from guanxi.metadata.model import Catalog
from guanxi.metadata.references import References, User
from guanxi.metadata.rules import Rule, rules_of_object
from guanxi.metadata.store import bump_design

_IS_STANDARD = Text(zh="它是工作区的标准日历。", en="It is the workspace’s standard calendar.")
_IS_USED = Text(
    zh="计算字段「{object}·{field}」在用它。", en="The computed field “{object} · {field}” uses it."
)
_IN_RULE = Text(
    zh="「{object}」的规则“{rule}”在用它。", en="The rule “{rule}” of “{object}” uses it."
)
_IN_CONDITION = {
    "view": Text(zh="视图“{name}”在用它。", en="The view “{name}” uses it."),
    "role": Text(zh="角色“{name}”的数据范围在用它。", en="What the role “{name}” may see uses it."),
}
_NOT_KNOWN = Text(
    zh="{year} 年的放假安排还没有公布，可以导入。",
    en="The public holidays of {year} are not published yet; they can be imported.",
)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """What one may set of a calendar besides its days."""

    label: dict[str, str]
    time_zone: str
    region: str | None
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class CalendarEffect:
    """What a change does: how many days are different, and which fields are computed anew."""

    calendar: Calendar
    changed_days: int
    recomputed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changing:
    """Who changes calendars, and whether it is only tried."""

    work: UnitOfWork
    catalog: Catalog
    actor: UUID | None
    year: int
    preview: bool = False

    async def set_up(
        self, name: str, settings: CalendarSettings, version: int | None
    ) -> CalendarEffect:
        """Makes a calendar (no version) or changes its hours. Public holidays follow its region.

        Raises CalendarNotFoundError, CalendarChangedError, InvalidCalendarError.
        """
        if version is None:
            return await self._make(name, settings)
        return await self._change(name, version, lambda before: _with_settings(before, settings))

    async def set_days(
        self, name: str, version: int, days: Sequence[SpecialDay], usual: Sequence[date] = ()
    ) -> CalendarEffect:
        """Makes days special, and others as their weekday again.

        Raises CalendarNotFoundError, CalendarChangedError, InvalidCalendarError.
        """
        touched = {one.day for one in days} | set(usual)

        def changed(before: CalendarDefinition) -> CalendarDefinition:
            kept = tuple(one for one in before.special_days if one.day not in touched)
            return replace(before, special_days=with_days(tuple(days), kept))

        return await self._change(name, version, changed)

    async def load_year(
        self, name: str, version: int, year: int, days: Sequence[SpecialDay] | None = None
    ) -> CalendarEffect:
        """Replaces the public holidays of a year by those given, or by those known; what people set stays.

        Raises CalendarNotFoundError, CalendarChangedError, InvalidCalendarError.
        """

        def changed(before: CalendarDefinition) -> CalendarDefinition:
            given = public_holidays(before.region, year, year) if days is None else tuple(days)
            if not given:
                raise InvalidCalendarError(problem=_NOT_KNOWN.fill(year=year))
            kept = tuple(
                one
                for one in before.special_days
                if one.source is Source.OWN or one.day.year != year
            )
            return replace(before, special_days=with_days(kept, given))

        return await self._change(name, version, changed)

    async def delete(self, name: str, references: References) -> None:
        """Raises CalendarNotFoundError, CalendarNeededError."""
        if await store.find_calendar(self.work, name, lock=True) is None:
            raise CalendarNotFoundError(name=name)
        if name == STANDARD:
            raise CalendarNeededError(name=name, reason=_IS_STANDARD)
        for one in _asking(self.catalog, name):
            object_label = text_of(self.catalog.objects[one.object].label)
            reason = _IS_USED.fill(object=object_label, field=text_of(one.field.label))
            raise CalendarNeededError(name=name, reason=reason)
        for rule in self._rules():
            if _asks(rule.typed.stored, name):
                word = word_of(rule.kind, rule.field, rule.validation)
                object_label = text_of(self.catalog.objects[rule.object].label)
                raise CalendarNeededError(
                    name=name, reason=_IN_RULE.fill(object=object_label, rule=word)
                )
        for written in await references.formulas(self.work, self.catalog):
            if _asks(written.formula, name):
                raise CalendarNeededError(name=name, reason=_in_words(written.user))
        await store.delete_calendar(self.work, name)
        await bump_design(self.work)

    def _rules(self) -> Iterator[Rule]:
        for definition in self.catalog.record_objects():
            if definition.retired_at is None:
                yield from rules_of_object(self.catalog, definition.name).all()

    async def _make(self, name: str, settings: CalendarSettings) -> CalendarEffect:
        first, last = self.year - YEARS, self.year + YEARS
        definition = CalendarDefinition(
            name, settings.label, settings.time_zone, first, last, settings.weeks,
            public_holidays(settings.region, first, last), settings.region,
        )  # fmt: skip
        check_calendar(definition)
        if await store.find_calendar(self.work, name, lock=True) is not None:
            raise CalendarChangedError
        effect = CalendarEffect(Calendar(definition, 1), 0, ())
        if not self.preview:
            await store.insert_calendar(self.work, definition)
            await bump_design(self.work)
        return effect

    async def _change(
        self, name: str, version: int, changed: Callable[[CalendarDefinition], CalendarDefinition]
    ) -> CalendarEffect:
        before = await store.find_calendar(self.work, name, lock=True)
        if before is None:
            raise CalendarNotFoundError(name=name)
        if before.version != version:
            raise CalendarChangedError
        after = changed(before.definition)
        check_calendar(after)
        asking = _asking(self.catalog, name)
        effect = CalendarEffect(
            Calendar(after, before.version if self.preview else before.version + 1),
            _different_days(before.definition, after),
            tuple(one.key for one in asking),
        )
        if self.preview:
            return effect
        await store.replace_calendar(self.work, before, after, self.actor)
        await bump_design(self.work)
        if effect.changed_days or after.time_zone != before.definition.time_zone:
            for one in asking:
                await leave_field(self.work, *one.key)
        return effect


def _in_words(user: User) -> Text:
    name = Text(zh=user.name, en=user.name) if isinstance(user.name, str) else text_of(user.name)
    return _IN_CONDITION[user.kind].fill(name=name)


def _with_settings(before: CalendarDefinition, settings: CalendarSettings) -> CalendarDefinition:
    days = before.special_days
    if settings.region != before.region:
        own = tuple(one for one in days if one.source is Source.OWN)
        fresh = public_holidays(settings.region, before.first_year, before.last_year)
        days = with_days(own, fresh)
    return replace(
        before,
        label=settings.label,
        time_zone=settings.time_zone,
        region=settings.region,
        weeks=settings.weeks,
        special_days=days,
    )


def _different_days(before: CalendarDefinition, after: CalendarDefinition) -> int:
    first, last = date(after.first_year, 1, 1), date(after.last_year, 12, 31)
    pairs = zip(days_of(before, first, last), days_of(after, first, last), strict=True)
    return sum(1 for old, new in pairs if old.intervals != new.intervals)


def _asking(catalog: Catalog, name: str) -> tuple[ComputedField, ...]:
    """The computed fields whose formulas ask the calendar, each after those it hangs on."""
    fields = computed_fields(catalog)
    return tuple(
        one for one in (*fields.order, *fields.live.values()) if _asks(one.typed.stored, name)
    )


def _asks(formula: Node, name: str) -> bool:
    return any(asked == name for asked, _ in asked_calendars(formula))
