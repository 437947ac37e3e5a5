"""A workspace to import into, and an import as a person does it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.model import FieldDefinition
from guanxi.permissions.role import GrantWish
from guanxi.permissions.roles import create_role
from guanxi.permissions.viewer import Viewer
from guanxi.records.import_change import change_import
from guanxi.records.import_check import check_import
from guanxi.records.import_control import begin_check, begin_run, begin_undo
from guanxi.records.import_model import (
    ColumnWish,
    Duplicates,
    Import,
    LinkWish,
    PeopleWish,
    Report,
    Result,
)
from guanxi.records.import_run import run_import
from guanxi.records.import_undo import undo_import
from guanxi.records.import_upload import upload
from guanxi.records.importing import Importing
from guanxi.testing.sales import field

STAGES = [
    {"value": value, "label": {"en": value.title(), "zh-CN": zh}, "kind": kind}
    for value, zh, kind in (
        ("prospecting", "初步接洽", "open"),
        ("engaging", "需求确认", "open"),
        ("won", "赢单", "won"),
        ("lost", "输单", "lost"),
    )
]


def pipeline_objects() -> dict[str, list[FieldDefinition]]:
    """Accounts with parents, products, opportunities: the shape of the CRM's, without its promises."""
    return {
        "crm_account": [
            field("industry", "text"),
            field("year_established", "number", {"decimals": 0}),
            field("annual_revenue", "money"),
            field("employees", "number", {"decimals": 0}),
            field("region", "text"),
            field("parent", "link", {"target": "crm_account"}),
        ],
        "crm_product": [field("series", "text"), field("price", "money")],
        "crm_opportunity": [
            field("number", "auto_number", {"pattern": "OPP-{0000}"}),
            field("opportunity_id", "text", unique=True),
            field("account", "link", {"target": "crm_account", "on_delete": "restrict"}),
            field("product", "link", {"target": "crm_product", "on_delete": "restrict"}),
            field("stage", "choice", {"is_stage": True, "choices": STAGES}, required=True),
            field("amount", "money"),
            field("engage_date", "date"),
            field("close_date", "date"),
            field("hot", "checkbox"),
            field("note", "long_text"),
        ],
    }


@dataclass
class Importer:
    """Somebody who imports files into a platform; the operator, unless a person is named."""

    platform: Platform
    folder: Path
    person: UUID | None = None
    chunk: int = 5000

    @property
    def importing(self) -> Importing:
        return replace(self.platform.importing, chunk=self.chunk)

    async def upload(self, object_name: str, content: bytes | str, name: str = "a.csv") -> Import:
        path = self.folder / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return await self.upload_file(object_name, path, name)

    async def upload_file(self, object_name: str, path: Path, name: str) -> Import:
        async with self.platform.database.begin(self.platform.schema) as work:
            viewer = await self.viewer(work)
            return await upload(work, viewer, self.importing, object_name, path, name)

    async def change(
        self,
        import_: Import,
        *,
        fields: Mapping[str, str | None] | None = None,
        values: Mapping[str, Mapping[str, str | None]] | None = None,
        links: Mapping[str, LinkWish] | None = None,
        formats: Mapping[str, str] | None = None,
        key: str | None = None,
        policy: str = "create",
        people: PeopleWish | None = None,
    ) -> Import:
        """Decides about columns by their headers."""
        wishes = [
            ColumnWish(
                column=column.index,
                field=(fields or {}).get(column.header, column.field),
                values=(values or {}).get(column.header),
                link=(links or {}).get(column.header),
                format=(formats or {}).get(column.header),
            )
            for column in import_.columns
        ]
        async with self.platform.database.begin(self.platform.schema) as work:
            return await change_import(
                work,
                await self.viewer(work),
                self.importing,
                import_.id,
                mapping=wishes,
                duplicates=Duplicates.model_validate({"key": key, "policy": policy}),
                people=people,
            )

    async def begin_check(self, import_: Import) -> None:
        async with self.platform.database.begin(self.platform.schema) as work:
            await begin_check(work, await self.viewer(work), import_.id)

    async def check(self, import_: Import) -> Report:
        await self.begin_check(import_)
        report = await check_import(self.importing, import_.id)
        assert report is not None
        return report

    async def begin(self, import_: Import) -> None:
        async with self.platform.database.begin(self.platform.schema) as work:
            await begin_run(work, await self.viewer(work), import_.id)

    async def run(self, import_: Import) -> Result:
        await self.begin(import_)
        result = await run_import(self.importing, import_.id)
        assert result is not None
        return result

    async def undo(self, import_: Import) -> Result:
        async with self.platform.database.begin(self.platform.schema) as work:
            await begin_undo(work, await self.viewer(work), import_.id)
        result = await undo_import(self.importing, import_.id)
        assert result is not None
        return result

    async def whole(self, object_name: str, content: bytes | str, **wishes: Any) -> Result:
        """From the upload to the end."""
        made = await self.upload(object_name, content)
        return await self.run(await self.change(made, **wishes) if wishes else made)

    async def load(self, import_: Import) -> Import:
        loaded = await self.importing.load(import_.id)
        assert loaded is not None
        return loaded

    async def viewer(self, work: UnitOfWork) -> Viewer:
        if self.person is None:
            return await self.platform.gate.system_viewer(work, "command")
        return await self.platform.gate.person_viewer(work, self.person, "page")

    async def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        async with self.platform.database.begin(self.platform.schema) as work:
            return await work.rows(query, parameters)

    async def value(self, query: str, *parameters: Any) -> Any:
        return (await self.rows(query, *parameters))[0][0]

    async def as_person(self, name: str, *grants: GrantWish) -> "Importer":
        """Somebody whose only role has these grants."""
        role = await self.add_role(f"Role of {name}", *grants)
        async with self.platform.database.begin(self.platform.schema) as work:
            made = await create_person(
                work, None, name=name, email=f"{name.lower()}@example.com", roles=[role]
            )
        return replace(self, person=made.id)

    async def add_role(self, name: str, *grants: GrantWish) -> UUID:
        async with self.platform.database.begin(self.platform.schema) as work:
            viewer = await self.platform.gate.system_viewer(work, "command")
            return (await create_role(work, viewer, name={"en": name}, grants=grants)).id


def csv_of(header: str, *lines: str) -> str:
    return "\n".join((header, *lines)) + "\n"


def workbook_of(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
