"""The fingerprint of the answers of a round: with it a second publication is compared with the first.

A round that was published is published again with the same answers only; see ``docs/besluiten/0040-kleine-groepen.md``,
'A second publication'.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from evaluatie.domain.uitkomsten import Tellingen


def afdruk_van(groepen: Mapping[str, int], tellingen: Tellingen) -> str:
    """SHA-256 (64 hexadecimal digits) of the respondents per group and the answers per (group, question, value).

    The order makes no difference, nor does a capital in the name of a group: a file is read so too.
    """
    groups = sorted((name.casefold(), count) for name, count in groepen.items())
    counts = sorted((name.casefold(), *rest, count) for (name, *rest), count in tellingen.items() if count)
    return sha256(json.dumps([groups, counts]).encode()).hexdigest()
