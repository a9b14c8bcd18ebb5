"""What staff may do with a job: the steps as a table (see ``common.workflow``)."""

from swv_portal.common.scoping import SWV_ROLLEN
from swv_portal.common.workflow import Transition, Workflow

STATEN = {"wacht": "wacht", "bezig": "bezig", "klaar": "klaar", "dood": "mislukt", "gestopt": "gestopt"}

#: The steps that people take.  Waiting, running, done and failed are the work of the workers themselves.
OPDRACHT = Workflow(
    staten=STATEN,
    transitions=(
        Transition("opnieuw", "Probeer opnieuw", frozenset({"dood"}), "wacht", SWV_ROLLEN),
        Transition("stoppen", "Stop de opdracht", frozenset({"wacht", "bezig"}), "gestopt", SWV_ROLLEN),
    ),
)
