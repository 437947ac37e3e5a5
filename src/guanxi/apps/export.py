"""An application as a workspace has it by now, what administrators changed and added included."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from guanxi.apps import store
from guanxi.apps.errors import AppNotInstalledError
from guanxi.apps.manifest import (
    AccessFile,
    AppFile,
    Application,
    FieldsFile,
    GrantFile,
    LayoutGroupFile,
    NavigationGroup,
    ObjectFile,
    PackagedObject,
    PageFile,
    RoleFile,
    RolesFile,
    RowsFile,
    ViewFile,
    ViewsFile,
)
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import FieldOptions
from guanxi.formula.tree import Node
from guanxi.formula.write import write
from guanxi.metadata.candidates import candidate_of
from guanxi.metadata.computed import typed_formula
from guanxi.metadata.draft_rules import MEMBERS, OPTIONS
from guanxi.metadata.draft_sub_table import is_sub_table
from guanxi.metadata.formula_scope import ApiNames, Objects
from guanxi.metadata.model import (
    FieldDefinition,
    MatchRule,
    ObjectDefinition,
    UniqueRule,
    Validation,
)
from guanxi.metadata.naming import free_name, name_from_label
from guanxi.metadata.rules import typed_rule
from guanxi.metadata.rules_json import match_document
from guanxi.metadata.steps import MatchRulePart, NewField, UniqueRulePart, ValidationPart
from guanxi.metadata.store import load_catalog
from guanxi.metadata.system_fields import NAME, NAME_LABEL, FieldTypes
from guanxi.permissions.role import Role
from guanxi.permissions.store import roles
from guanxi.views.model import View
from guanxi.views.store import shared_views_of

#: Where objects go that administrators added to the application.
ADDED = Path("added/objects")


async def export_application(
    work: UnitOfWork, types: FieldTypes, name: str, *, folder: Path
) -> Application:
    """The application, to be written into `folder`. Retired objects and fields, and people's own views, stay behind.

    Raises AppNotInstalledError.
    """
    app = next((one for one in await store.installed_apps(work) if one.name == name), None)
    if app is None:
        raise AppNotInstalledError(name=name)
    base = await store.base_of(work, name) or {}
    places = {
        one["definition"]["name"]: (Path(one["folder"]), place)
        for place, one in enumerate(base.get("objects", ()))
    }
    catalog = await load_catalog(work, types)
    objects = [
        one for one in catalog.record_objects() if one.app == name and one.retired_at is None
    ]
    objects.sort(key=lambda one: places[one.name][1] if one.name in places else len(places))
    keys = {id_: key for key, id_ in (await store.roles_by_origin(work, f"{name}.")).items()}
    own_roles = [role for role in await roles(work) if role.id in keys]
    own_roles.sort(key=lambda role: _role_place(base, keys[role.id]))
    return Application(
        folder=folder,
        app=AppFile(
            name=name,
            version=app.version,
            label=dict(app.label),
            description=dict(app.description or app.label),
            icon=app.icon,
            navigation=tuple(
                NavigationGroup(label=group["label"], objects=tuple(group["objects"]))
                for group in app.navigation
            ),
        ),
        roles=RolesFile(roles=tuple(_role(keys[role.id], role) for role in own_roles)),
        objects=tuple(
            [
                PackagedObject(
                    folder=places[one.name][0]
                    if one.name in places
                    else ADDED / one.name.removeprefix(f"{name}_"),
                    definition=_object(catalog.objects, one),
                    page=_page(one),
                    views=_views(await shared_views_of(work, one.name), f"{name}.{one.name}."),
                    access=_access(one.name, [(keys[role.id], role) for role in own_roles]),
                )
                for one in objects
            ]
        ),
    )


def _role_place(base: Mapping[str, Any], key: str) -> int:
    known = [one["key"] for one in base.get("roles", {}).get("roles", ())]
    return known.index(key) if key in known else len(known)


def _role(key: str, role: Role) -> RoleFile:
    return RoleFile.model_validate(
        {
            "key": key,
            "name": dict(role.name),
            "description": dict(role.description or role.name),
            "rights": role.rights,
        }
    )


def _object(objects: Objects, one: ObjectDefinition) -> ObjectFile:
    name = one.fields[NAME]
    return ObjectFile(
        name=one.name,
        label=dict(one.label),
        plural_label=dict(one.plural_label),
        icon=one.icon,
        color=one.color,
        description=dict(one.description) if one.description else None,
        name_label=dict(name.label) if name.label != NAME_LABEL else None,
        name_formula=None if name.formula is None else _formula(objects, one, name.formula),
        fields=tuple(
            _field(objects, one, field) for field in one.fields.values() if not field.system
        ),
        validations=tuple(_validation(objects, one, each) for each in one.validations),
        unique_rules=tuple(_unique(objects, one, each) for each in one.unique_rules),
        match_rules=tuple(_match(one, each) for each in one.match_rules),
    )


def _field(objects: Objects, one: ObjectDefinition, field: FieldDefinition) -> NewField:
    return NewField(
        name=field.name,
        label=dict(field.label),
        type=field.type.name,
        options=_options(field.options),
        required=field.required,
        unique=field.unique,
        indexed=field.indexed,
        help=dict(field.help) if field.help else None,
        default=field.default,
        # A sub-table counts its lines whoever made it.
        formula=None
        if field.formula is None or is_sub_table(field.options)
        else _formula(objects, one, field.formula),
        **_rules(objects, one, field),
    )


def _rules(objects: Objects, one: ObjectDefinition, field: FieldDefinition) -> dict[str, Any]:
    rules: dict[str, Any] = {
        member: write(
            typed_rule(objects, one, kind, field, node), ApiNames(), "en", candidate_of(field)
        )
        for member, kind in MEMBERS.items()
        if (node := getattr(field.rules, kind.value)) is not None
    }
    if field.rules.options_when:
        rules[OPTIONS] = [
            {"options": list(each.options), "condition": _formula(objects, one, each.condition)}
            for each in field.rules.options_when
        ]
    return rules


def _validation(objects: Objects, one: ObjectDefinition, each: Validation) -> ValidationPart:
    return ValidationPart(
        name=each.name,
        condition=_formula(objects, one, each.condition),
        message=dict(each.message),
        field=each.field,
    )


def _unique(objects: Objects, one: ObjectDefinition, each: UniqueRule) -> UniqueRulePart:
    condition = None if each.condition is None else _formula(objects, one, each.condition)
    return UniqueRulePart(name=each.name, fields=each.fields, condition=condition)


def _match(one: ObjectDefinition, each: MatchRule) -> MatchRulePart:
    """Without what goes without saying: its own object, and the same field of the other record."""
    document = match_document(each)
    for condition in document["conditions"]:
        if condition["other"] == condition["field"]:
            del condition["other"]
    if each.object == one.name:
        del document["object"]
    return MatchRulePart.model_validate(document)


def _formula(objects: Objects, one: ObjectDefinition, node: Node) -> str:
    """The formula by API names, which no workspace calls otherwise."""
    return write(typed_formula(objects, one, node), ApiNames(), "en")


def _options(options: FieldOptions) -> dict[str, Any]:
    """Only what differs from the usual, numbers as numbers."""
    plain: dict[str, Any] = _plain(options.model_dump(mode="python", exclude_defaults=True))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _page(one: ObjectDefinition) -> PageFile:
    return PageFile(
        groups=tuple(
            LayoutGroupFile(label=dict(group.label), fields=group.fields)
            for group in one.layout.groups
        ),
        highlights=one.layout.highlights,
        card=one.layout.card,
    )


def _views(views: Sequence[View], prefix: str) -> ViewsFile:
    """Views without an origin were added by administrators; their keys are made from their names."""
    keys: list[str] = []
    files: list[ViewFile] = []
    for view in views:
        label = {"zh-CN": view.name} if isinstance(view.name, str) else dict(view.name)
        if view.origin is not None and view.origin.startswith(prefix):
            key = view.origin.removeprefix(prefix)
        else:
            wish = name_from_label(label, fallback="view")
            key = free_name(wish, is_free=lambda key: key not in keys)
        keys.append(key)
        files.append(
            ViewFile(
                key=key, name=label, kind=view.kind, default=view.is_default, config=view.config
            )
        )
    return ViewsFile(views=tuple(files))


def _access(object_name: str, own_roles: Sequence[tuple[str, Role]]) -> AccessFile:
    grants: dict[str, tuple[GrantFile, ...]] = {}
    for key, role in own_roles:
        given = tuple(
            GrantFile.model_validate(
                {
                    "actions": grant.actions,
                    "rows": RowsFile.model_validate(
                        {"scope": grant.scope, "condition": grant.condition}
                    ),
                    "fields": FieldsFile.model_validate(
                        {"default": grant.field_default, "except": grant.field_except}
                    ),
                }
            )
            for grant in role.grants
            if grant.object == object_name
        )
        if given:
            grants[key] = given
    return AccessFile(grants=grants)
