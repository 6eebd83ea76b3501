"""A line to the database that can break off at the worst moment: a commit has reached the server, its answer nobody."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

COMMIT = b"COMMIT"
AT_ONCE = 65_536
NAME = ".s.PGSQL.5432"


class Line:
    """Between a program and the server's socket in `server`; stands in `folder`. Set `breaks` to lose the next commit's
    answer: the server does it, the program never hears of it.
    """

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder = folder
        self.server = server
        self.breaks = False
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(folder / NAME))
        self.listener.listen()
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                program, _ = self.listener.accept()
                threading.Thread(target=self._carry, args=(program,), daemon=True).start()

    def _carry(self, program: socket.socket) -> None:
        with socket.socket(socket.AF_UNIX) as server, program:
            server.connect(str(self.server / NAME))
            back = threading.Thread(target=_pass, args=(server, program), daemon=True)
            back.start()
            with suppress(OSError):
                while said := program.recv(AT_ONCE):
                    if self.breaks and COMMIT in said:
                        self.breaks = False
                        _lose(server, program, said)
                        return
                    server.sendall(said)


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while said := source.recv(AT_ONCE):
            target.sendall(said)


def _lose(server: socket.socket, program: socket.socket, said: bytes) -> None:
    """The program's side is closed first, so that no answer finds its way; then the server is told to commit."""
    program.shutdown(socket.SHUT_RDWR)
    server.sendall(said)
    server.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(server: Path) -> Iterator[Line]:
    """A line to the server whose socket is in the folder `server`."""
    with TemporaryDirectory() as folder:  # a short path: a socket's name has at most 107 bytes
        line = Line(Path(folder), server)
        yield line
        line.listener.close()
