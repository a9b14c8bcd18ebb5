"""What is known of an application at one moment: the facts that the procedure and the checks look at.

Facts only, no names and no texts of the pupil: whether something is there, when it came, what was chosen.

Source of which facts count: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.4, 2.5 and 6.1.3 (parents,
the voice of the pupil, two experts, a moment of return); WPO art. 18a and WEC art. 40.  That there are no more than
these: AVG art. 5 lid 1 onder c.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ondersteuning.domain.routes import ROUTE_A, Route
from ondersteuning.domain.welk_swv import Uitspraak
from swv_portal.common.workflow import Refusal


class Bemanning(StrEnum):
    """Is there somebody at the receiving school who can give the first advice?"""

    AANWEZIG = "aanwezig"
    UITGENODIGD = "uitgenodigd"
    NIEMAND = "niemand"


@dataclass(frozen=True)
class Ouder:
    """A parent with custody.  ``eens`` is ``None`` as long as 'voor gezien' was not signed.

    ``reacties``: the names of the parts of the form to which this parent objects.
    """

    label: str
    uitgenodigd: bool = False
    gezien_op: date | None = None
    eens: bool | None = None
    reacties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advies:
    """An advice as it was given: when, by which function, whether it supports the place."""

    functie: str
    gegeven_op: date
    steunt: bool
    met_tekst: bool = True
    betrokken: bool = True


@dataclass(frozen=True)
class Stand:
    """The facts of one application.

    ``ontbreekt``: (step, label) of every obligatory field that is empty.  ``plaats`` is ``None`` until the receiving
    school has answered.  ``weigering_tweede``, ``weigering_geldigheid`` and ``weigering_categorie`` are the refusals of
    those rules, when there are any.  ``bemanning`` says whether the receiving school has an account that can give the
    first advice; nothing is decided on it.  ``welk_swv`` says which SWV must decide; it is shown and never blocks.
    ``toelichting`` is the motivation or remark that came with the step.  ``route`` says which items count;
    ``eigen_formulier``: the pupil filled in the form of the child.  ``eigen_school``: the pupil stays at the school.
    ``mandaat`` and ``weigering_aanleiding`` are of route D, ``akkoord`` (is the file there?) and
    ``weigering_ander_swv`` of the plaatsingsakkoord, ``weigering_bemiddeling``, ``onderzocht_op`` and
    ``onderzoek_past`` (what the investigation came to) of the one-sided application.
    ``leden``: what the members of the algemene vergadering said, ``None`` as long as they said nothing.
    """

    vandaag: date
    ontbreekt: tuple[tuple[str, str], ...] = ()
    ouders: tuple[Ouder, ...] = ()
    een_ouder_reden: bool = False
    leerling_gehoord: bool = False
    reden_niet_gehoord: bool = False
    eigen_formulier: bool = False
    eerste_advies: Advies | None = None
    plaats: bool | None = None
    tweede_advies: Advies | None = None
    weigering_tweede: Refusal | None = None
    weigering_geldigheid: Refusal | None = None
    weigering_categorie: Refusal | None = None
    terugkeer_afgesproken: bool = False
    reden_geen_terugkeer: bool = False
    bemanning: Bemanning = Bemanning.AANWEZIG
    welk_swv: Uitspraak | None = None
    aanvulling_uiterlijk: date | None = None
    route: Route = ROUTE_A
    eigen_school: bool = False
    mandaat: bool = False
    weigering_aanleiding: Refusal | None = None
    budget_afgestemd: bool = False
    akkoord: bool = False
    weigering_ander_swv: Refusal | None = None
    weigering_bemiddeling: Refusal | None = None
    onderzocht_op: date | None = None
    onderzoek_past: bool = False
    leden: tuple[bool | None, ...] = ()
    na_bezwaar: bool = False
    toelichting: str = field(default="", repr=False)

    @property
    def tegen(self) -> tuple[str, ...]:
        """The parties that do not agree with the place, by the name under which people know them."""
        found = [parent.label for parent in self.ouders if parent.eens is False]
        if self.eerste_advies is not None and not self.eerste_advies.steunt:
            found.append("de eerste deskundige")
        if self.tweede_advies is not None and not self.tweede_advies.steunt:
            found.append("de tweede deskundige")
        return tuple(found)
