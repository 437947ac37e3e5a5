"""Writes an application as a folder of YAML that people read and compare."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from guanxi.apps.errors import FolderTakenError
from guanxi.apps.manifest import Application

#: Short things stand on one line, long ones below each other.
_WIDTH = 110


def write_application(application: Application) -> None:
    """Writes into the application's folder, which must be empty or new. Raises FolderTakenError."""
    folder = application.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTakenError(folder=folder)
    _write(folder / "app.yaml", application.app)
    if application.roles.roles:
        _write(folder / "roles.yaml", application.roles)
    for one in application.objects:
        place = folder / one.folder
        _write(place / "object.yaml", one.definition)
        for name, part in (("page", one.page), ("views", one.views), ("access", one.access)):
            if part.model_dump(exclude_defaults=True):
                _write(place / f"{name}.yaml", part)


#: The database keeps members by length; people expect these first and in this order.
_USUAL_ORDER = ("zh-CN", "en", "field", "op", "value")


def _write(file: Path, part: BaseModel) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    document = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    file.write_text(_text(document), encoding="utf-8")


def _text(document: dict[str, Any]) -> str:
    return yaml.dump(
        _in_usual_order(document),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_WIDTH,
    )


def _in_usual_order(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_usual_order(one) for one in value]
    if not isinstance(value, dict):
        return value
    names = (
        sorted(value, key=_USUAL_ORDER.index) if set(value) <= set(_USUAL_ORDER) else list(value)
    )
    return {name: _in_usual_order(value[name]) for name in names}


class _Dumper(yaml.SafeDumper):
    """Lists are set in, and what holds only plain values stands on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_mapping(
        self, tag: str, mapping: Any, flow_style: bool | None = None
    ) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = _fits(node)
        return node

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = _fits(node)
        return node

    def ignore_aliases(self, data: object) -> bool:
        return True


def _fits(node: yaml.Node) -> bool:
    """Whether it can stand on one line: at most two levels, and short."""
    return _depth(node) <= 2 and _length(node) <= _WIDTH - 20


def _depth(node: yaml.Node) -> int:
    if isinstance(node, yaml.MappingNode):
        return 1 + max((_depth(value) for _, value in node.value), default=0)
    if isinstance(node, yaml.SequenceNode):
        return 1 + max((_depth(value) for value in node.value), default=0)
    return 0


def _length(node: yaml.Node) -> int:
    if isinstance(node, yaml.MappingNode):
        return sum(_length(key) + _length(value) + 4 for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return sum(_length(value) + 2 for value in node.value)
    return sum(1 if one.isascii() else 2 for one in str(node.value))
