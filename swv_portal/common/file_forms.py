"""Forms with a table that is read at once: what is wrong with the file stands at its field."""

from django import forms

from swv_portal.common.forms import PortalForm
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal

#: More errors of a file than this do not help on a page.
MEESTE_FOUTEN = 20


class BestandForm(PortalForm):
    def weiger_bestand(self, uitkomst: Fouten | Refusal, veld: str = "bestand") -> None:
        """Put why a file is not taken in on the form: errors of the file at ``veld``, a refusal where it belongs."""
        if isinstance(uitkomst, Refusal):
            self.weiger(uitkomst)
            return
        lines = uitkomst.zinnen
        for line in lines[:MEESTE_FOUTEN]:
            self.add_error(veld, forms.ValidationError(line[:1].upper() + line[1:], code="bestand"))
        if len(lines) > MEESTE_FOUTEN:
            self.add_error(veld, "Er zijn nog meer fouten. Verbeter eerst deze.")
