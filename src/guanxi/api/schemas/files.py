"""Files as the API tells them."""

from uuid import UUID

from pydantic import BaseModel

from guanxi.files.model import StoredFile


class FileAnswer(BaseModel):
    """What a field that holds the file says of it."""

    id: UUID
    name: str
    #: IANA media type.
    type: str
    #: Bytes.
    size: int
    #: Whether `/files/{id}/thumbnail` has a picture.
    thumbnail: bool

    @classmethod
    def of(cls, file: StoredFile) -> "FileAnswer":
        return cls.model_validate(file.told())
