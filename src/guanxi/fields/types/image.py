"""Image: uploaded pictures."""

from guanxi.fields.held_files import HeldFiles
from guanxi.kit.text import Text


class ImageField(HeldFiles):
    """Pictures kept with the record, shown small in lists; whoever may read the field may fetch them."""

    name = "image"
    label = Text(zh="图片", en="Images")
    description = Text(
        zh="照片、名片、产品图",
        en="Photographs and pictures of products",
    )
    icon = "image"
