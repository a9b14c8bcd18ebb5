"""Two people who read into the same new round at the same moment: one wins, the other is told."""

import threading

import pytest
from django.db import connection

from evaluatie.models import Antwoord, Groep, Ronde
from evaluatie.services.antwoorden import Inleesverslag
from evaluatie.services.vragenlijsten import zorg_voor_vragenlijst
from swv_portal.common.workflow import Refusal
from tests.evaluatie.services.test_inlezen import doe
from tests.factories.evaluatie import antwoorden


@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins():
    zorg_voor_vragenlijst(code="kernevaluatie")
    start = threading.Barrier(2)
    results = []

    def lees(naam: str) -> None:
        try:
            start.wait(10)
            results.append((naam, doe(antwoorden({naam: 40}))))
        finally:
            connection.close()

    threads = [threading.Thread(target=lees, args=(naam,)) for naam in ("Noord", "Zuid")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    won = [naam for naam, result in results if isinstance(result, Inleesverslag)]
    refused = [result.code for _, result in results if isinstance(result, Refusal)]
    assert (len(won), refused) == (1, ["bestaat"])
    assert Ronde.objects.count() == 1
    assert [groep.naam for groep in Groep.objects.all()] == won
    assert Antwoord.objects.count() == 400
