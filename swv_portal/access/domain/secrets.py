"""Tokens for links and codes for people: how they look, and how they are compared.

A token is 256 random bits and needs no slow hash.  A code is short enough for a letter or an SMS text, so it has a slow
hash, and few tries.
"""

import hashlib
import secrets

#: Without 0, O, 1, I, L, U and V: none of what is left is taken for another when it is read aloud or copied.
ALFABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_LENGTE = 8


def new_token() -> str:
    """256 random bits, in the characters of a URL."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is stored of a token: its SHA-256, 64 hexadecimal characters."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Eight characters of ``ALFABET``."""
    return "".join(secrets.choice(ALFABET) for _ in range(CODE_LENGTE))


def show_code(code: str) -> str:
    """As it stands in a letter: ``ABCD-2345``."""
    return f"{code[:4]}-{code[4:]}"


def clean_code(typed: str) -> str:
    """What somebody typed, without spaces and dashes, in capitals; at most what a code can be long."""
    return "".join(char for char in typed.upper() if char.isalnum())[: 2 * CODE_LENGTE]
