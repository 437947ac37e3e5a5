"""Where formulas use fields: computed fields, rules of fields, validations; and unique rules, with their fields."""

from collections.abc import Iterator

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.tree import texts_in
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import CheckedFormula, computed_fields
from guanxi.metadata.draft_rules import word_of
from guanxi.metadata.match_rules import DUPLICATES_BY, match_rules_of
from guanxi.metadata.model import Catalog
from guanxi.metadata.references import Use, User
from guanxi.metadata.rules import rules_of_object
from guanxi.metadata.unique_rules import UNIQUE_OF, CheckedUnique


async def uses_in_formulas(work: UnitOfWork, catalog: Catalog) -> list[Use]:
    """Every field a formula looks at, links it walks over included."""
    del work
    return (
        [
            Use(owner, field, user, texts_in(formula.typed.stored))
            for formula, user in _formulas(catalog)
            for owner, field in sorted({key for _, key in formula.sources()})
        ]
        + [
            Use(definition.name, name, _user(catalog, definition.name, unique))
            for definition in catalog.record_objects()
            if definition.retired_at is None
            for unique in rules_of_object(catalog, definition.name).unique
            for name in sorted(unique.looks_at)
        ]
        + list(_uses_in_match_rules(catalog))
    )


def _uses_in_match_rules(catalog: Catalog) -> Iterator[Use]:
    """Duplicate rules use fields of their object and of the one they compare it with."""
    for definition in catalog.record_objects():
        if definition.retired_at is not None:
            continue
        for match in match_rules_of(catalog.objects, definition):
            labels = [text_of(one.label) for one in match.fields]
            word = DUPLICATES_BY.fill(
                fields=Text(
                    zh="、".join(one.zh for one in labels), en=", ".join(one.en for one in labels)
                )
            )
            id_ = f"{definition.name}.match.{match.rule.name}"
            user = User("rule", id_, _within(catalog, definition.name, word))
            keys = {(definition.name, one.name) for one in match.fields}
            keys |= {(match.other.name, one.name) for one in match.other_fields}
            yield from (Use(owner, field, user) for owner, field in sorted(keys))


def _user(catalog: Catalog, object_name: str, unique: CheckedUnique) -> User:
    word = UNIQUE_OF.fill(fields=unique.label)
    id_ = f"{object_name}.unique.{unique.rule.name}"
    return User("rule", id_, _within(catalog, object_name, word))


def _formulas(catalog: Catalog) -> Iterator[tuple[CheckedFormula, User]]:
    fields = computed_fields(catalog)
    for computed in (*fields.order, *fields.live.values()):
        label = text_of(computed.field.label)
        yield (
            computed,
            User("field", str(computed.field.id), _within(catalog, computed.object, label)),
        )
    for definition in catalog.record_objects():
        if definition.retired_at is not None:
            continue
        for rule in rules_of_object(catalog, definition.name).all():
            word = word_of(rule.kind, rule.field, rule.validation)
            id_ = f"{definition.name}.{rule.kind.value}.{word.en}"
            yield rule, User("rule", id_, _within(catalog, definition.name, word))


def _within(catalog: Catalog, object_name: str, word: Text) -> dict[str, str]:
    label = text_of(catalog.objects[object_name].label)
    return Text(zh=f"{label.zh}·{word.zh}", en=f"{label.en} · {word.en}").as_label()
