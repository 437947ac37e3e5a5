"""Designers that kill themselves by SIGKILL at their n-th step, a statement or a commit; 0 lets one live.

For each number it reads, this process forks one, which adds two fields and makes a third unique.
"""

import asyncio
import os
import sys
from zoneinfo import ZoneInfo

from tests.dying import die_at

from guanxi.db.database import Database
from guanxi.fields.builtin import builtin_field_types
from guanxi.metadata import making
from guanxi.metadata.apply import apply_steps, current_version
from guanxi.metadata.pending import finish_pending
from guanxi.metadata.steps import AddField, ChangeField

TYPES = builtin_field_types()


def steps(number: int) -> list[AddField | ChangeField]:
    text = {"label": {"en": "Field"}, "type": "text", "indexed": True}
    link = {"label": {"en": "Link"}, "type": "link", "options": {"target": "crm_account"}}
    return [
        AddField.model_validate({"object": "crm_account", "field": {**text, "name": f"t{number}"}}),
        AddField.model_validate({"object": "crm_account", "field": {**link, "name": f"l{number}"}}),
        ChangeField.model_validate(
            {"object": "crm_account", "field": "code", "changes": {"unique": number % 2 == 1}}
        ),
    ]


async def design(conninfo: str, schema: str, number: int, step: int) -> None:
    making.FEW_ROWS = 0
    database = Database(conninfo, pool_size=2)
    await database.open()
    die_at(step)
    async with database.begin(schema) as work:
        await apply_steps(
            work,
            TYPES,
            steps(number),
            base_version=await current_version(work),
            actor=None,
            zone=ZoneInfo("UTC"),
        )
    await finish_pending(database, schema, TYPES)
    await database.close()


for number, line in enumerate(sys.stdin):
    designer = os.fork()
    if designer == 0:
        asyncio.run(design(sys.argv[1], sys.argv[2], number, int(line)))
        os._exit(0)
    os.waitpid(designer, 0)
    sys.stdout.write("ended\n")
    sys.stdout.flush()
