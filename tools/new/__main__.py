"""`python -m tools.new KIND NAME`."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.new.decision import new_decision
from tools.new.field_type import new_field_type
from tools.new.scaffold import Scaffold, ScaffoldError

ROOT = Path(__file__).parents[2]

SCAFFOLDS: Mapping[str, Callable[[Path, str], Scaffold]] = {
    "field-type": new_field_type,
    "decision": new_decision,
}


def main(arguments: list[str], root: Path = ROOT) -> int:
    if len(arguments) != 2 or arguments[0] not in SCAFFOLDS:
        print(f"usage: just new {{{'|'.join(SCAFFOLDS)}}} NAME", file=sys.stderr)
        return 2
    kind, name = arguments
    try:
        scaffold = SCAFFOLDS[kind](root, name)
        scaffold.write(root)
    except ScaffoldError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(scaffold.told()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
