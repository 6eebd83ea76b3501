"""Files: kept by what they say, sealed where their purpose asks, served whole or a range of them.

The bytes of a file lie in the store of its purpose (`kernel.store`) under the SHA-256 of what lies there, so that who
has the store can tell whether they are whole, without any key. What is known of it (its size, its kind, who refers to
it) stands in the database, and where it is sealed also the key of its own that opens it, sealed with the purpose's.

A file is in its store before the work that keeps it is committed, and leaves it after the row is gone: a crash in
between leaves a file that nobody knows, which `sweeping` takes away a day later, and never a row without its file.
"""

from kernel.files.actions import Incoming, keep, let_go, receive
from kernel.files.errors import FileTooLarge, NotThisKindOfFile
from kernel.files.queries import KeptFile, OpenFile, content, find, find_each, is_there, open_one, opened

__all__ = [
    "FileTooLarge",
    "Incoming",
    "KeptFile",
    "NotThisKindOfFile",
    "OpenFile",
    "content",
    "find",
    "find_each",
    "is_there",
    "keep",
    "let_go",
    "open_one",
    "opened",
    "receive",
]
