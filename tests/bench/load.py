"""A load generator small enough not to measure itself: HTTP/1.1 over one kept connection a client."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter

from web.frame.work import SESSION_COOKIE


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """One browser's connection, signed in with a session's token."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.cookie = f"{SESSION_COOKIE}={token}; anpei_lang=zh_CN"

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)

    def close(self) -> None:
        self.writer.close()

    async def ask(self, method: str, path: str, body: object = None) -> Answer:
        """One request and its answer, read to the end."""
        content = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: http://127.0.0.1:{self.port}\r\n"
            f"Cookie: {self.cookie}\r\nAccept: application/json\r\nAccept-Encoding: gzip\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self.writer.write(head.encode() + content)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        return Answer(int(lines[0].split(" ")[1]), headers, await self._body(headers))

    async def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", "0")))
        parts = b""
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            parts += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readexactly(2)
        return parts


@dataclass
class Measured:
    """How long each deed took, in seconds, how long all of them together, and the server's processor time for them."""

    each: list[float] = field(default_factory=list)
    whole: float = 0.0
    errors: int = 0
    processor: float = 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which `share` of the deeds were done."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    @property
    def cost(self) -> float:
        """Milliseconds of the server's processor for one deed: what stays when others use the machine too."""
        return self.processor / len(self.each) * 1000

    @property
    def slowest(self) -> float:
        """Milliseconds of the slowest deed."""
        return max(self.each) * 1000

    @property
    def rate(self) -> float:
        """Deeds a second."""
        return len(self.each) / self.whole

    def add(self, other: "Measured") -> None:
        """Take in another stretch of the same deeds."""
        self.each += other.each
        self.whole += other.whole
        self.errors += other.errors
        self.processor += other.processor


async def for_a_while(deeds: list[Callable[[], Awaitable[bool]]], seconds: float) -> Measured:
    """Every deed again and again, all at once, for `seconds`."""
    measured = Measured()
    began = perf_counter()

    async def repeat(deed: Callable[[], Awaitable[bool]]) -> None:
        while perf_counter() - began < seconds:
            await timed(measured, deed)

    await asyncio.gather(*map(repeat, deeds))
    measured.whole = perf_counter() - began
    return measured


async def once(deeds: list[Callable[[], Awaitable[bool]]]) -> Measured:
    """Every deed once, all at the same moment."""
    measured = Measured()
    began = perf_counter()
    await asyncio.gather(*(timed(measured, deed) for deed in deeds))
    measured.whole = perf_counter() - began
    return measured


async def timed(measured: Measured, deed: Callable[[], Awaitable[bool]]) -> None:
    """One deed with its time; a deed says whether it went well."""
    began = perf_counter()
    measured.errors += not await deed()
    measured.each.append(perf_counter() - began)
