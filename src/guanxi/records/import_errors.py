"""How an import can fail as a whole."""

from guanxi.kit.errors import ConflictError, InvalidValuesError, NotFoundError, RefusedError
from guanxi.kit.text import Text


class UnreadableFileError(InvalidValuesError):
    """The file is no table we can read; `reason` says what to do."""

    code = "unreadable_file"
    title = Text(zh="读不了这个文件", en="The file cannot be read")
    sentence = Text(zh="{reason}", en="{reason}")

    def __init__(self, reason: Text) -> None:
        super().__init__(reason=reason)


class FileTooLargeError(InvalidValuesError):
    """More megabytes than may be uploaded (413)."""

    code = "file_too_large"
    title = Text(zh="文件太大", en="The file is too large")
    sentence = Text(
        zh="文件最大 {limit} MB，请拆成几个文件。",
        en="A file may have {limit} MB at most. Split it into several files.",
    )


class ImportNotFoundError(NotFoundError):
    """No such import, or somebody else's."""

    code = "import_not_found"
    title = Text(zh="没有这次导入", en="No such import")
    sentence = Text(
        zh="这次导入不存在，或不是您的。", en="There is no such import, or it is not yours."
    )


class ImportRefusedError(RefusedError):
    """The person may not import into the object."""

    code = "import_refused"
    title = Text(zh="没有导入权限", en="You may not import here")
    sentence = Text(
        zh="您没有向“{object}”导入数据的权限，请联系管理员。",
        en="You may not import into “{object}”. Ask an administrator.",
    )


class ImportBusyError(ConflictError):
    """The import is at a stage at which this cannot be done."""

    code = "import_busy"
    title = Text(zh="现在不行", en="Not now")
    sentence = Text(
        zh="这次导入现在是“{status}”，不能{wish}。",
        en="The import is {status} now; you cannot {wish}.",
    )


class InvalidMappingError(InvalidValuesError):
    """The mapping asks for something that cannot be."""

    code = "invalid_mapping"
    title = Text(zh="列的对应有问题", en="The columns cannot be mapped like this")
    sentence = Text(zh="{reason}", en="{reason}")

    def __init__(self, reason: Text) -> None:
        super().__init__(reason=reason)
