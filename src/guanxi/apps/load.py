"""Reads an application's folder. What is wrong is told file by file, all of it at once."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from guanxi.apps.errors import AppProblem, InvalidAppError
from guanxi.apps.manifest import (
    AccessFile,
    AppFile,
    Application,
    ObjectFile,
    PackagedObject,
    PageFile,
    RolesFile,
    ViewsFile,
)
from guanxi.apps.places import line_of, read_yaml

File = TypeVar("File", bound=BaseModel)


def load_application(folder: Path) -> Application:
    """The application in a folder. Raises InvalidAppError."""
    reader = _Reader(folder)
    app = reader.read("app.yaml", AppFile)
    roles = reader.read_optional("roles.yaml", RolesFile)
    objects = [
        reader.read_object(file.parent.relative_to(folder))
        for file in sorted(folder.glob("*/objects/*/object.yaml"))
    ]
    if reader.problems or app is None:
        raise InvalidAppError(reader.problems)
    known = tuple(one for one in objects if one is not None)
    return Application(folder=folder, app=app, roles=roles or RolesFile(), objects=known)


class _Reader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[AppProblem] = []

    def read_object(self, place: Path) -> PackagedObject | None:
        definition = self.read(f"{place}/object.yaml", ObjectFile)
        page = self.read_optional(f"{place}/page.yaml", PageFile)
        views = self.read_optional(f"{place}/views.yaml", ViewsFile)
        access = self.read_optional(f"{place}/access.yaml", AccessFile)
        if definition is None:
            return None
        return PackagedObject(
            folder=place,
            definition=definition,
            page=page or PageFile(),
            views=views or ViewsFile(),
            access=access or AccessFile(),
        )

    def read_optional(self, name: str, kind: type[File]) -> File | None:
        return self.read(name, kind) if (self._folder / name).exists() else None

    def read(self, name: str, kind: type[File]) -> File | None:
        """The file as what it should be; None when it is not, which is noted with the line."""
        try:
            node, raw = read_yaml((self._folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.problems.append(AppProblem(name, None, "The file is missing."))
            return None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else None
            self.problems.append(AppProblem(name, line, f"This is not YAML: {error}"))
            return None
        try:
            return kind.model_validate(raw if raw is not None else {})
        except ValidationError as error:
            for one in error.errors():
                place = "/".join(str(part) for part in one["loc"])
                told = f"{place}: {one['msg']}" if place else one["msg"]
                self.problems.append(AppProblem(name, line_of(node, one["loc"]), told))
            return None
