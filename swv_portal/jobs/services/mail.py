"""Mail: asked for inside a transaction, sent by a worker, at most once.

Everything that a mail says (address, subject, context) is kept encrypted until it is sent, and wiped then.  A mail is
written off as 'uncertain' rather than sent twice: see docs/besluiten/0004-mail-hoogstens-eenmaal.md.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.enqueue import enqueue

MAIL = "mail"
LANGSTE_ONDERWERP = 120
_DATE = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b")
_TEMPLATE = re.compile(r"[a-z0-9_]+")


def absolute_url(path: str) -> str:
    """A path of the portal as people can follow it from a mail."""
    if not path.startswith("/"):
        raise ValueError("a path begins with /")
    return settings.SITE_URL.rstrip("/") + path


def check_subject(onderwerp: str) -> str:
    """The subject as it may be sent; ``ValueError`` for what can not be a verb and a reference.

    Subjects stand in the open: on locked phones, in logs of mail servers.  Refused are more than one line, a date (a
    birth date), an e-mail address, and more than 120 characters.  That no name is put in is checked in the code itself
    (tests/architecture/test_mail_subjects.py).
    """
    if not onderwerp.strip() or any(ord(sign) < 32 for sign in onderwerp):
        raise ValueError("a subject is one line of text")
    if len(onderwerp) > LANGSTE_ONDERWERP:
        raise ValueError("a subject has at most 120 characters")
    if "@" in onderwerp or _DATE.search(onderwerp):
        raise ValueError("a subject holds no address and no date")
    return onderwerp


def enqueue_mail(
    *,
    sjabloon: str,
    onderwerp: str,
    context: Mapping[str, Any] | None = None,
    aan_user: User | int | None = None,
    aan_adres: str | None = None,
    actor: Actor | None = None,
    uniek: str | None = None,
) -> Job:
    """Have ``templates/mail/<sjabloon>.txt`` sent, after this transaction commits, to a user or to an address.

    ``onderwerp`` is a verb and a reference (see ``check_subject``).  ``context`` holds plain values for the template;
    links in it are made with ``absolute_url``.  The address of a user is looked up when the mail goes out, and somebody
    whose account is closed by then gets none.  ``uniek`` makes it one mail, however often it is asked for.
    """
    if (aan_user is None) == (aan_adres is None):
        raise ValueError("a mail goes to a user or to an address")
    if not _TEMPLATE.fullmatch(sjabloon):
        raise ValueError("the template of a mail is a plain name")
    user_id = aan_user.pk if isinstance(aan_user, User) else aan_user
    return enqueue(
        MAIL,
        params={"sjabloon": sjabloon, "user": user_id},
        geheim={"adres": aan_adres, "onderwerp": check_subject(onderwerp), "context": dict(context or {})},
        actor=actor,
        uniek=uniek,
        mail_bij_klaar=False,
    )
