"""Who may do what in ondersteuning: every set of roles that more than one part asks for, once.

Whoever has a role at a school has it there only; ``visible_to`` and the workflows see to that.  What only one procedure
knows (the one who does an application, the director of the other school) is a role of that procedure.
"""

from swv_portal.common.scoping import SCHOOL_DOSSIER, SWV_DOSSIER, SWV_GELD, Rol
from swv_portal.common.workflow import Refusal

#: Who acts for a school: does its applications, reports absence, fills in the capaciteitenlijst, answers the radar.
SCHOOLROLLEN = frozenset({Rol.IBER, Rol.SCHOOLDIRECTEUR})
#: The same, with those of the SWV who handle dossiers.
SCHOOL_EN_SWV = SCHOOLROLLEN | SWV_DOSSIER
#: Who begins applications and fills them in: boards too, on their own routes.
AANVRAGERS = SCHOOL_EN_SWV | {Rol.SCHOOLBESTUURDER}
#: Who reads what belongs to a pupil: the receiving school too.  A board sees only its own application.
DOSSIERLEZERS = SCHOOL_DOSSIER | SWV_DOSSIER
AANVRAAGLEZERS = DOSSIERLEZERS | {Rol.SCHOOLBESTUURDER}

#: Who decides on the routes on which the SWV itself must weigh.
DIRECTEUR_VAN_HET_SWV = frozenset({Rol.DIRECTEUR_BESTUURDER})
#: Who answers for the SWV: chooses what it wants otherwise, and writes the words of its letters.
INSTELLERS = frozenset({Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER})
#: The same, with those who work with it: they plan the case meeting, read the letters and the areas of other SWV's.
DOSSIER_EN_BEHEER = SWV_DOSSIER | INSTELLERS
#: Who sees places and figures of the whole SWV; schools and boards see their own places, and figures without small
#: numbers.
DOSSIER_EN_GELD = SWV_DOSSIER | SWV_GELD
PLAATSINGLEZERS = DOSSIER_EN_GELD | SCHOOLROLLEN | {Rol.SCHOOLBESTUURDER}
CIJFERLEZERS = DOSSIER_EN_GELD | {Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER}

ALLEEN_SWV = Refusal("rol", "Alleen het samenwerkingsverband kan dit.")
