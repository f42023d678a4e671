"""Letters through the mail server that the city names. Nothing but a command that somebody calls sends any."""

import os
import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from data.city import ADDRESS, Mail
from data.problems import NotPossibleNow

PASSWORD = "MANDATO_MAIL_PASSWORD"  # noqa: S105 - the name under which the environment holds it
UNSEALED = "the password in {name} would be sent unsealed: write another `tls` under `mail` in data/city.yaml; nothing was sent"
UNREACHED = "the mail server {host}:{port} cannot be reached: {why}; nothing was sent"
SHUT_OUT = "the mail server {host} does not let us in: {why}; nothing was sent"
PATIENCE = 30
"""Seconds until a server that says nothing is given up. What smtplib raises is an OSError, like what the network does."""


@dataclass(frozen=True)
class Letter:
    """A plain text to one address, with one file, such as a calendar: its name, media type and content."""

    to: str
    subject: str
    text: str
    file: tuple[str, str, bytes]


def is_address(text: str | None) -> bool:
    """Whether a letter can be sent to it: one address and nothing else."""
    return bool(re.fullmatch(ADDRESS, text or ""))


def send(mail: Mail, letters: Sequence[Letter]) -> list[str | None]:
    """Send each letter; returns for each None where the server took it, else what it said against it. One refused stops no other.

    Raises NotPossibleNow where the server cannot be reached, is not who it says, or does not let us in: nothing was sent then. One that
    falls silent between two letters has taken those before: the others carry what happened.
    """
    with _server(mail) as server:
        return [_sent(server, _message(mail, letter)) for letter in letters]


@contextmanager
def _server(mail: Mail) -> Iterator[smtplib.SMTP]:
    password = os.environ.get(PASSWORD)
    if password and mail.tls == "none":
        raise NotPossibleNow(UNSEALED, name=PASSWORD)
    try:
        server = _reached(mail)
    except OSError as error:
        raise NotPossibleNow(UNREACHED, host=mail.host, port=str(mail.port), why=_why(error)) from error
    try:
        _let_in(server, mail, password)
        yield server
    finally:
        with suppress(OSError):  # whatever it says to the goodbye, what it took is said of each letter
            server.quit()
        server.close()


def _reached(mail: Mail) -> smtplib.SMTP:
    """A connection that is sealed as far as the city asks for it, with a server whose certificate bears its name."""
    if mail.tls == "implicit":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    try:
        if mail.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
    except OSError:
        server.close()
        raise
    return server


def _let_in(server: smtplib.SMTP, mail: Mail, password: str | None) -> None:
    if not password:
        return
    try:
        server.login(mail.user or mail.sender, password)
    except OSError as error:
        raise NotPossibleNow(SHUT_OUT, host=mail.host, why=_why(error)) from error


def _message(mail: Mail, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, letter.to, " ".join(letter.subject.split())
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    message.set_content(letter.text)
    name, media, content = letter.file
    main, _, kind = media.partition("/")
    message.add_attachment(content, maintype=main, subtype=kind, filename=name)
    return message


def _sent(server: smtplib.SMTP, message: EmailMessage) -> str | None:
    try:
        server.send_message(message)
    except OSError as error:
        return _why(error)
    return None


def _why(error: Exception) -> str:
    """What the server said, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        return f"{error.smtp_code} {told.decode(errors='replace') if isinstance(told, bytes) else told}"
    return " ".join(str(error).split()) or type(error).__name__
