"""Items about the two experts and their advices.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3; WPO art. 18a.
"""

from ondersteuning.domain.deskundigen import FUNCTIENAMEN, is_oud
from ondersteuning.domain.stand import Advies, Stand
from ondersteuning.domain.toets.punt import Punt, maak_punt
from swv_portal.common.dates import lange_datum


def _eigen_advies(code: str, welke: str, advies: Advies | None, stand: Stand) -> Punt:
    """Did this expert give an own advice with reasons, not longer than a year ago?"""
    ok = advies is not None and advies.met_tekst and not is_oud(advies.gegeven_op, stand.vandaag)
    reason = f"De {welke} deskundige heeft nog geen eigen advies gegeven."
    if advies is not None and advies.met_tekst:
        reason = f"Het advies van {lange_datum(advies.gegeven_op)} is ouder dan een jaar."
    return maak_punt(
        code,
        f"De {welke} deskundige gaf een eigen advies met redenen",
        ok,
        f"{FUNCTIENAMEN[advies.functie]}, {lange_datum(advies.gegeven_op)}." if advies else "",
        reason,
        "WPO art. 18a; par. 6.1.3",
    )


def eerste_advies(stand: Stand) -> Punt:
    """Did the first expert give an own advice with reasons, not longer than a year ago?"""
    return _eigen_advies("eerste_advies", "eerste", stand.eerste_advies, stand)


def tweede_advies(stand: Stand) -> Punt:
    """Did the second expert give an own advice with reasons, not longer than a year ago?"""
    return _eigen_advies("tweede_advies", "tweede", stand.tweede_advies, stand)


def tweede_onafhankelijk(stand: Stand) -> Punt:
    """Does the second expert have another function than the first, and is neither school the employer?"""
    refusal = stand.weigering_tweede
    return maak_punt(
        "tweede_onafhankelijk",
        "De tweede deskundige is onafhankelijk",
        refusal is None,
        "Een andere functie dan de eerste, en niet in dienst van een van beide scholen.",
        refusal.zin if refusal else "",
        "par. 6.1.3, de tweede deskundige",
    )


def tweede_betrokken(stand: Stand) -> Punt:
    """Did the second expert confirm to be really involved with the pupil?"""
    advice = stand.tweede_advies
    return maak_punt(
        "tweede_betrokken",
        "De tweede deskundige is echt betrokken bij de leerling",
        advice is not None and advice.betrokken,
        "De deskundige heeft dat zelf bevestigd.",
        "De deskundige heeft dit nog niet bevestigd.",
        "par. 6.1.3, de triade",
    )
