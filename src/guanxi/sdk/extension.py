"""What an application's package hands to the platform: its folder, and the few parts of it that are Python."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from guanxi.kit.clock import Clock
from guanxi.records.draft import SavingStep
from guanxi.sdk.demo import Demo

#: Packages name their `Extension` under this group of entry points.
GROUP = "guanxi.applications"

#: The saving steps of each object, in order.
StepsByObject = Mapping[str, Sequence[SavingStep]]


def no_steps(_: Clock) -> StepsByObject:
    """Of an application that is data alone."""
    return {}


@dataclass(frozen=True, slots=True)
class Extension:
    """An application as its package brings it."""

    #: As in its `app.yaml`.
    name: str
    folder: Path
    #: Promises kept whenever records of its objects are saved.
    saving_steps: Callable[[Clock], StepsByObject] = no_steps
    #: Writes demonstration data into a workspace where nobody is yet.
    fill_demo: Callable[[Demo], Awaitable[None]] | None = None


class BrokenExtensionError(Exception):
    """A package names something under `guanxi.applications` that is no extension."""


def find_extensions() -> tuple[Extension, ...]:
    """The applications of all installed packages, by name. Raises BrokenExtensionError."""
    found: list[Extension] = []
    for entry in entry_points(group=GROUP):
        extension = entry.load()
        if not isinstance(extension, Extension):
            raise BrokenExtensionError(
                f"'{entry.value}' is listed under {GROUP} but is no guanxi.sdk.extension.Extension."
            )
        found.append(extension)
    return tuple(sorted(found, key=lambda one: one.name))
