"""File: uploads of any kind."""

from guanxi.fields.held_files import FilesOptions, HeldFiles
from guanxi.kit.text import Text


class FileField(HeldFiles):
    """Files kept with the record; whoever may read the field may fetch them."""

    name = "file"
    label = Text(zh="附件", en="Files")
    description = Text(
        zh="合同、图纸等任何文件",
        en="Documents and drawings of any kind",
    )
    icon = "paperclip"
    options_model = FilesOptions
