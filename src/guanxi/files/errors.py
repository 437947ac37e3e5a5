"""How keeping and fetching a file can fail."""

from guanxi.kit.errors import InvalidValuesError, NotFoundError, TooManyTriesError
from guanxi.kit.text import Text


class UploadTooLargeError(InvalidValuesError):
    """More megabytes than a file may have (413)."""

    code = "upload_too_large"
    title = Text(zh="文件太大", en="The file is too large")
    sentence = Text(
        zh="单个文件最大 {limit} MB，请压缩后再传。",
        en="A file may have {limit} MB at most. Make it smaller and try again.",
    )


class EmptyFileError(InvalidValuesError):
    """A file without a byte."""

    code = "empty_file"
    title = Text(zh="文件是空的", en="The file is empty")
    sentence = Text(
        zh="这个文件里没有内容，请换一个。", en="There is nothing in it. Choose another."
    )


class TooManyLooseFilesError(TooManyTriesError):
    """Somebody uploads and uploads without saving a record that holds the files."""

    code = "too_many_loose_files"
    title = Text(zh="上传得太多", en="Too many uploads")
    sentence = Text(
        zh="您有 {count} 个上传的文件还没有随记录保存。请先保存，或明天再试。",
        en="You have {count} uploads that no record holds yet. Save them first, or try again tomorrow.",
    )


class NoSuchFileError(NotFoundError):
    """There is no such file, or the person may see no field that holds it."""

    code = "file_not_found"
    title = Text(zh="没有这个文件", en="No such file")
    sentence = Text(
        zh="这个文件不存在，或您看不到它。", en="There is no such file, or you may not see it."
    )
