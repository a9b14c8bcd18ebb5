"""Mail of the demo: every message is a file in ``var/post/``, to be read on a page of the demo.  Nothing is sent."""

import os
import re
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

from swv_portal.local import paths

_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Bericht:
    """One message as the mailbox page shows it."""

    sleutel: str
    tijd: datetime
    van: str
    aan: str
    onderwerp: str
    tekst: str
    bijlagen: tuple[str, ...]


def folder() -> Path:
    return Path(getattr(settings, "POST_MAP", paths.VAR / "post"))


class MailboxBackend(BaseEmailBackend):
    """Writes messages to ``settings.POST_MAP`` instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
            with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as fresh:
                fresh.write(message.message().as_bytes())
            # The name appears only when the message is whole.
            os.replace(fresh.name, folder() / f"{name}.eml")
        return len(email_messages)


def messages(limit: int = 200) -> list[Bericht]:
    """The newest messages, newest first."""
    names = sorted((file.stem for file in folder().glob("*.eml")), reverse=True)[:limit]
    return [found for name in names if (found := message(name)) is not None]


def message(sleutel: str) -> Bericht | None:
    file = folder() / f"{sleutel}.eml"
    if not _NAME.fullmatch(sleutel) or not file.exists():
        return None
    parsed = message_from_bytes(file.read_bytes(), policy=policy.default)
    moment = datetime.strptime(sleutel.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=timezone.get_fixed_timezone(0))
    return Bericht(
        sleutel=sleutel,
        tijd=moment,
        van=str(parsed["From"]),
        aan=str(parsed["To"] or parsed["Bcc"] or ""),
        onderwerp=str(parsed["Subject"]),
        tekst=_plain_text(parsed),
        bijlagen=tuple(part.get_filename() or "bijlage" for part in parsed.iter_attachments()),
    )


def _plain_text(parsed: ParsedMessage) -> str:
    body = parsed.get_body(preferencelist=("plain",))
    return body.get_content() if body is not None else ""
