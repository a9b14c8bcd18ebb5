"""The job that sends one mail.

SMTP knows no transaction: a connection can break after the message was taken and before that was said.  So the job
marks the point from which it may have been sent (``context.outside``), and does not try again past it; only a clear
'no' of the mail server takes the mark away.
"""

import smtplib
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template import Context
from django.template.loader import get_template

from swv_portal.access.models import User
from swv_portal.common.house import swv_naam
from swv_portal.jobs.registry import Finish, JobContext, Permanent

#: Answers by which a mail server says that it did not take the message.
GEWEIGERD = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


def send_mail(context: JobContext) -> Finish | None:
    """Send the mail of this job.  Nothing is sent to a closed account."""
    secret = context.geheim or {}
    recipient = _recipient(context.params.get("user"), secret.get("adres"))
    if recipient is None:
        return None
    address, name = recipient
    values = {**secret["context"], "naam": name} if name else secret["context"]
    body = _body(context.params["sjabloon"], values)
    message = EmailMessage(secret["onderwerp"], body, to=[address], headers=_headers(context.job_id))
    connection = get_connection()
    message.connection = connection
    connection.open()  # no mail server: a plain failure, to be tried again
    try:
        context.outside()
        try:
            connection.send_messages([message])
        except GEWEIGERD as refusal:
            context.not_outside()
            if _is_definite(refusal):
                raise Permanent("De mailserver weigert dit bericht. Controleer het e-mailadres.") from None
            raise
    finally:
        connection.close()
    return None


def _recipient(user_id: int | None, address: str | None) -> tuple[str, str] | None:
    """Address and, of an account, the name; ``None`` when the account does not exist any more or is closed."""
    if user_id is None:
        return (address or "", "")
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return None if user is None else (user.email, user.naam)


def _body(sjabloon: str, values: dict[str, Any]) -> str:
    """Plain text: nothing is escaped, because nothing is HTML."""
    template: Any = get_template(f"mail/{sjabloon}.txt")
    context = {**values, "swv_naam": swv_naam(), "site_url": settings.SITE_URL}
    return template.template.render(Context(context, autoescape=False)).strip() + "\n"


def _headers(job_id: int) -> dict[str, str]:
    """The same Message-ID at every attempt, so that a mail that does arrive twice is shown once."""
    host = urlsplit(settings.SITE_URL).hostname or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return {"Message-ID": f"<opdracht-{job_id}@{host}>", "Auto-Submitted": "auto-generated"}


def _is_definite(refusal: smtplib.SMTPException) -> bool:
    """Whether the answer is a 5xx: the same message will never be taken."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in refusal.recipients.values())
    return isinstance(refusal, smtplib.SMTPResponseException) and 500 <= refusal.smtp_code < 600
