"""Who may change what this SWV wants otherwise.

The settings are chosen by who answers for the SWV.  When the case meeting about absence is and on which days is counted
is planned by who leads that meeting, so the people who handle dossiers may change that too.
"""

from swv_portal.common.scoping import SWV_DOSSIER, Rol

INSTELLERS = frozenset({Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER})
OVERLEGPLANNERS = SWV_DOSSIER | INSTELLERS
