"""How an import can fail as a whole."""

from guanxi.kit.errors import (
    ConflictError,
    GuanxiError,
    InvalidValuesError,
    NotFoundError,
    RefusedError,
)
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


class ImportStoppedError(GuanxiError):
    """The import was cancelled while it was worked on; nobody needs to hear of it."""

    code = "import_stopped"
    title = Text(zh="导入已停止", en="The import was stopped")
    sentence = Text(zh="这次导入已被取消。", en="The import was cancelled.")


class PeopleStayError(ConflictError):
    """An import of people cannot be taken back as a whole."""

    code = "people_stay"
    title = Text(zh="不能撤销", en="This cannot be taken back")
    sentence = Text(
        zh="人员导入不能整体撤销，请在“人员”页停用不需要的人。",
        en="An import of people cannot be taken back as a whole. Deactivate those you do not need on the People page.",
    )


class ImportIncompleteError(GuanxiError):
    """The work on an import broke off for a reason nobody foresaw."""

    code = "import_incomplete"
    title = Text(zh="导入没有完成", en="The import was not completed")
    sentence = Text(
        zh="处理中断，原因已记入日志。可以从中断处继续，也可以撤销已写入的行。",
        en="The work broke off; the log says why. You may go on from there, or take back what was written.",
    )


class PartlyWrittenError(ConflictError):
    """Some rows are records already, so the import cannot begin again."""

    code = "partly_written"
    title = Text(zh="已经写入了一部分", en="Partly written already")
    sentence = Text(
        zh="这次导入已写入一部分行，不能再检查或改对应。可以继续导入，或撤销后重新上传文件。",
        en="Some rows of this import are written already, so it cannot be checked or mapped anew."
        " Go on with it, or take it back and upload the file again.",
    )


class NothingRefusedError(NotFoundError):
    """There is no file of refused rows, for none was refused."""

    code = "nothing_refused"
    title = Text(zh="没有出错的行", en="No row was refused")
    sentence = Text(
        zh="这次导入没有出错的行，不需要下载。",
        en="No row of this import was refused; there is nothing to download.",
    )
