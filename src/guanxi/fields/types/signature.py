"""Signature: a name drawn by hand."""

from typing import Annotated

from pydantic import Field

from guanxi.fields.held_files import FileOptions, HeldFiles
from guanxi.kit.text import Text


class SignatureOptions(FileOptions):
    """One small picture; there is nothing to set."""

    most: Annotated[int, Field(ge=1, le=1)] = 1
    most_mb: Annotated[int, Field(ge=1, le=2)] = 2


class Signature(HeldFiles):
    """A picture drawn with finger, pen or mouse. Who signed anew, and when, stands in the history."""

    name = "signature"
    label = Text(zh="手写签名", en="Signature")
    description = Text(
        zh="用手指或鼠标签名，如签收、验收",
        en="Drawn by finger, pen or mouse, such as for a receipt",
    )
    icon = "signature"
    options_model = SignatureOptions
    searchable = False
