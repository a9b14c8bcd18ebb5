"""Asking ClamAV (``CLAMAV_URL``, ``tcp://host:3310``) whether a file holds a virus, with its INSTREAM protocol."""

import socket
import struct
from enum import Enum
from urllib.parse import urlsplit

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 30.0
_CHUNK = 64 * 1024


class Verdict(Enum):
    CLEAN = "clean"
    INFECTED = "infected"
    #: ClamAV does not answer, or not with a judgement: the file may not be used yet.
    UNKNOWN = "unknown"


def is_configured() -> bool:
    return bool(settings.CLAMAV_URL)


def scan(content: bytes) -> Verdict:
    """The judgement of ClamAV; ``CLEAN`` where no ClamAV was set up.  Never raises for a scanner that is away."""
    if not is_configured():
        return Verdict.CLEAN
    try:
        answer = _ask(content)
    except OSError as error:
        log.warning("clamav_unreachable", reason=type(error).__name__)
        return Verdict.UNKNOWN
    if answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    if answer == b"stream: OK":
        return Verdict.CLEAN
    log.warning("clamav_no_judgement")
    return Verdict.UNKNOWN


def _ask(content: bytes) -> bytes:
    address = urlsplit(settings.CLAMAV_URL)
    with socket.create_connection((address.hostname or "", address.port or 3310), timeout=CONNECT_SECONDS) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while part := line.recv(4096):
            answer += part
            if b"\0" in part:
                break
        return answer.rstrip(b"\0\n").strip()
