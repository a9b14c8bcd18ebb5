"""Writing questionnaires: those that every installation has are laid down when they are first needed."""

from django.db import transaction

from evaluatie.domain.vragenlijst import VRAGENLIJSTEN
from evaluatie.models import Optie, Vraag, Vragenlijst
from swv_portal.common.workflow import Refusal


def zorg_voor_vragenlijst(*, code: str) -> Vragenlijst | Refusal:
    """The questionnaire ``code``, made from its definition when it is not there yet.

    Refuses ``vragenlijst`` when nothing is known under this code.  One that exists is left as it is.
    """
    found = Vragenlijst.objects.filter(code=code).first()
    if found is not None:
        return found
    definition = VRAGENLIJSTEN.get(code)
    if definition is None:
        known = ", ".join(sorted(VRAGENLIJSTEN))
        return Refusal("vragenlijst", f"De vragenlijst '{code}' bestaat niet. Bekend is: {known}.", "vragenlijst")
    with transaction.atomic():
        found, is_new = Vragenlijst.objects.get_or_create(code=code, defaults={"titel": definition.titel})
        if is_new:
            for place, question in enumerate(definition.vragen, start=1):
                row = Vraag.objects.create(
                    vragenlijst=found,
                    volgorde=place,
                    code=question.code,
                    tekst=question.tekst,
                    soort=question.soort,
                    over=question.over,
                    verdeling=question.verdeling,
                )
                Optie.objects.bulk_create(
                    Optie(
                        vraag=row,
                        volgorde=number,
                        waarde=option.waarde,
                        label=option.label,
                        score=option.score,
                        in_percentages=option.in_percentages,
                    )
                    for number, option in enumerate(question.opties, start=1)
                )
    return found
