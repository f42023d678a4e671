"""Letters through a mail server of the test's own, on this machine: sealed and open, with a password and without, and its refusals."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from data.city import Mail
from data.posting import PASSWORD, Letter, is_address, send
from data.problems import NotPossibleNow

TEXT = "Señora:\n.\nQueda una tarea."
LETTER = Letter("ada@aurora.example", "Two open\nBcc: eve@bruma.example", TEXT, ("a.ics", "text/calendar", b"BEGIN"))


class Box:
    """Takes letters, but those to nobody@."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("nobody@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default), session.auth_data))
        return "250 taken"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def served(**more: Any) -> Iterator[tuple[Box, int]]:
    """A mail server while the block runs: what it took, and its port."""
    box, port = Box(), free_port()

    class Server(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, **more)

    running = Server(box, hostname="127.0.0.1", port=port)
    running.start()
    try:
        yield box, port
    finally:
        running.stop()


def mail(port: int, tls: str = "none", host: str = "127.0.0.1") -> Mail:
    return Mail.model_validate({"host": host, "port": port, "from": "panel@aurora.example", "tls": tls})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """Of this machine, signed by itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def sealed(certificate) -> dict[str, Any]:
    """What makes a server seal what it is told, and let nobody in without the password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, told: LoginPassword) -> AuthResult:
        return AuthResult(success=told.password == b"right", handled=False, auth_data=told.login.decode())

    return {"tls_context": context, "require_starttls": True, "authenticator": let_in, "auth_required": True}


@pytest.fixture(autouse=True)
def without_password(monkeypatch):
    monkeypatch.delenv(PASSWORD, raising=False)


def test_a_letter_arrives_as_it_was_written_and_only_where_it_was_sent():
    with served() as (box, port):
        assert send(mail(port), [LETTER]) == [None]
    ((to, message, _login),) = box.letters
    assert to == ["ada@aurora.example"] and message["Bcc"] is None
    assert (message["From"], message["Subject"]) == ("panel@aurora.example", "Two open Bcc: eve@bruma.example")
    text, file = message.iter_parts()
    assert text.get_content().splitlines() == TEXT.splitlines()
    assert (file.get_filename(), file.get_content_type(), file.get_payload(decode=True)) == ("a.ics", "text/calendar", b"BEGIN")


def test_one_that_is_refused_stops_no_other():
    letters = [Letter(to, *list(vars(LETTER).values())[1:]) for to in ("nobody@aurora.example", "ada@aurora.example")]
    with served() as (box, port):
        assert send(mail(port), letters) == ["550 no such person", None]
    assert [to for to, *_ in box.letters] == [["ada@aurora.example"]]


def test_what_is_sealed_goes_to_a_server_with_the_right_certificate_and_the_password_with_it(sealed, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv(PASSWORD, "right")
    with served(**sealed) as (box, port):
        assert send(mail(port, "starttls"), [LETTER]) == [None]
    assert box.letters[0][2] == "panel@aurora.example"


def test_a_wrong_password_sends_nothing(sealed, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv(PASSWORD, "wrong")
    with served(**sealed) as (box, port), pytest.raises(NotPossibleNow, match=r"does not let us in: 535 .*nothing was sent"):
        send(mail(port, "starttls"), [LETTER])
    assert box.letters == []


def test_a_server_that_cannot_show_who_it_is_gets_nothing(sealed, monkeypatch):
    monkeypatch.setenv(PASSWORD, "right")
    with served(**sealed) as (box, port), pytest.raises(NotPossibleNow, match=r"cannot be reached: .*nothing was sent"):
        send(mail(port, "starttls"), [LETTER])
    assert box.letters == []


def test_a_server_that_does_not_seal_gets_nothing_where_the_city_asks_for_it():
    with served() as (box, port), pytest.raises(NotPossibleNow, match="STARTTLS"):
        send(mail(port, "starttls"), [LETTER])
    assert box.letters == []


def test_a_password_is_never_sent_in_the_open(monkeypatch):
    monkeypatch.setenv(PASSWORD, "right")
    with served() as (box, port), pytest.raises(NotPossibleNow, match="unsealed"):
        send(mail(port), [LETTER])
    assert box.letters == []


def test_where_no_server_is_that_is_said():
    with pytest.raises(NotPossibleNow, match="cannot be reached"):
        send(mail(free_port()), [LETTER])


@pytest.mark.parametrize(
    ("text", "known"),
    [("ada@aurora.example", True), ("ada@aurora.example, eve@b.example", False), ("a@b\nBcc: c@d", False), ("ada", False), (None, False)],
)
def test_an_address_is_one_address_and_nothing_else(text, known):
    assert is_address(text) is known
