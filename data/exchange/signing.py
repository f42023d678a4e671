"""Ed25519 (RFC 8032): the key by which a city signs its months, and the fingerprint by which people compare keys."""

import hashlib
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from data.lasting import first_private
from data.problems import N_, NotPossibleNow

if TYPE_CHECKING:  # imported where it is needed, which few commands do
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "signing.key"
"""Beside the secret of the audit chain, and in no backup and no closed month: a city that has lost it makes another."""
GROUPS = 8
"""Of four hexadecimal digits in a fingerprint, 128 bits: nobody can make a second key that has it."""
BROKEN = N_(
    "{file} in the store is damaged, so nothing can be signed; move it away, and a new key is made, which your consultant must trust"
)


def own_key(store: Path) -> bytes:
    """The private key of this home, 32 bytes, made the first time it is asked for. Raises NotPossibleNow where its file is damaged."""
    path = store / NAME
    with suppress(FileExistsError):
        if not path.exists():
            store.mkdir(parents=True, exist_ok=True)
            first_private(path, secrets.token_hex(32))
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise NotPossibleNow(BROKEN, file=NAME)
    return bytes.fromhex(text)


def public_key(private: bytes) -> str:
    """The public key as 64 hexadecimal digits."""
    return _private(private).public_key().public_bytes_raw().hex()


def sign(private: bytes, message: bytes) -> str:
    """The signature as 128 hexadecimal digits; the same for the same message."""
    return _private(private).sign(message).hex()


def signed(public: str, signature: str, message: bytes) -> bool:
    """Whether the owner of a public key signed this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """What people read to one another: 3f2a 91cc 07be ... (the beginning of the SHA-256 of the key)."""
    digits = hashlib.sha256(bytes.fromhex(public)).hexdigest()
    return " ".join(digits[4 * group : 4 * group + 4] for group in range(GROUPS))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two are one, however they were typed: capitals, spaces and dashes do not matter."""
    return bool(_digits(one)) and _digits(one) == _digits(other)


def _digits(text: str) -> str:
    return re.sub(r"[\s:-]", "", text).casefold()


def _private(private: bytes) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private)
