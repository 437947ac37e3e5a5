"""Small pictures of pictures."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from guanxi.kit.later import later

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image = later("PIL.Image")
    ImageOps = later("PIL.ImageOps")

#: Longest side, in pixels: sharp at 240 on a screen of double density.
SIDE = 480
#: A picture with more pixels is not opened.
MOST_PIXELS = 60_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def thumbnail_of(path: Path) -> bytes | None:
    """A WebP without whatever the file tells of camera and place; None for what is no picture we open."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.draft("RGB", (SIDE * 2, SIDE * 2))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((SIDE, SIDE))
                made = io.BytesIO()
                has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
                upright.convert("RGBA" if has_alpha else "RGB").save(made, "WEBP", quality=80)
                return made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, OverflowError):
        return None
