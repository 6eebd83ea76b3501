from typing import Annotated

from pydantic import BaseModel, ConfigDict, StrictInt, StringConstraints

Word = Annotated[str, StringConstraints(max_length=40)]


class Deed(BaseModel):
    """One operation as the page sends it. There is no time in it: the server's clock decides."""

    model_config = ConfigDict(extra="forbid")

    number: StrictInt
    name: Word
    given: dict[Word, StrictInt | Word]
