"""How often one address may try something.  A brake, not a lock: what must never happen is guarded in the database.

The count goes on while Redis is away, over all processes together: see ``swv_portal/common/cache.py``.
"""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, *, action: str, amount: int, seconds: int) -> bool:
    """Count this try of ``action`` by the visitor's address; ``True`` from try ``amount`` + 1 within ``seconds`` on."""
    address = get_adapter(request).get_client_ip(request)
    key = f"access:rem:{action}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return bool(cache.incr(key) > amount)
    except ValueError:  # it ran out between the two calls
        return False
