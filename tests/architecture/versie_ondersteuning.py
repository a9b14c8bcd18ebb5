"""The forms of ondersteuning that go by the version."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.domain.radar import einddag
from ondersteuning.forms.instellingen import InstellingenForm
from ondersteuning.models import (
    Aanwezigheidsinstellingen,
    AvLid,
    Capaciteitenlijst,
    Radarvraag,
    Tlvinstellingen,
)
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.terms import geen_werkdag
from tests.architecture.formulieren import Als
from tests.architecture.ouder_formulieren import MET_VERSIE as OUDERS_MET_VERSIE
from tests.architecture.overstap_formulieren import MET_VERSIE
from tests.architecture.route_formulieren import MET_VERSIE as ROUTES_MET_VERSIE
from tests.architecture.versieformulier import WOORD, Formulier
from tests.factories import kernen as maak
from tests.factories.aanwezigheid import VerzuimmeldingFactory
from tests.factories.aanwezigheid import opgave as verzuimopgave
from tests.factories.brieven import BriefversieFactory
from tests.factories.ondersteuning import BezwaarFactory, LeerlingdocumentFactory, LeerlingFactory, in_staat
from tests.factories.overeenkomsten import BezoekFactory, jaarafspraken, overeenkomst
from tests.factories.sociale_kaart import AanbiederFactory, opgave


def _aanvraag(staat: str) -> Any:
    maak.SamenwerkingsverbandFactory()
    return in_staat(staat, vandaag=timezone.localdate())


def _leerling(als: Als, pagina: str, data: dict[str, Any], getypt: str = "") -> Formulier:
    row = LeerlingFactory()
    url = reverse(f"ondersteuning:leerling_{pagina}", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, data, getypt)


def _leerlinggegevens(als: Als) -> Formulier:
    data = {"voornamen": WOORD, "achternaam": "A", "geboortedatum": "4-5-2017"}
    return _leerling(als, "gegevens", data, WOORD)


def _leerlinggezag(als: Als) -> Formulier:
    return _leerling(als, "gezag", {"naam_1": WOORD, "email_1": "o@test.example"}, WOORD)


def _leerlingfase(als: Als) -> Formulier:
    return _leerling(als, "fase", {"fase": "indicatie", "reden": WOORD}, WOORD)


def _leerlingconsulent(als: Als) -> Formulier:
    row, client = LeerlingFactory(), als(Rol.SWV_MEDEWERKER)
    url = reverse("ondersteuning:leerling_consulent", args=[row.pk])
    return Formulier(client, url, row, {"consulent": client.user.pk})  # type: ignore[attr-defined]


def _leerlingoverdragen(als: Als) -> Formulier:
    return _leerling(als, "overdragen", {"school": maak.SchoolFactory().pk, "per": "5-8-2025"}, "5-8-2025")


def _leerlingdocument(als: Als) -> Formulier:
    row = LeerlingFactory()
    document = LeerlingdocumentFactory(leerling=row)
    url = reverse("ondersteuning:leerling_document_verwijderen", args=[row.pk, document.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {})


def _aanvraagdocumenten(als: Als) -> Formulier:
    row = _aanvraag(CONCEPT)
    document = LeerlingdocumentFactory(leerling=row.leerling)
    url = reverse("ondersteuning:aanvraag_documenten", args=[row.pk])
    return Formulier(als(Rol.IBER, row.verwijzende_school), url, row, {"documenten": document.pk})


def _aanvraagstap(als: Als) -> Formulier:
    row = _aanvraag(CONCEPT)
    url = reverse("ondersteuning:stap", args=[row.pk, "onderbouwing"])
    return Formulier(als(Rol.IBER, row.verwijzende_school), url, row, {"reden_school": WOORD}, WOORD)


def _intrekken(als: Als) -> Formulier:
    row = _aanvraag(CONCEPT)
    url = reverse("ondersteuning:stap_zetten", args=[row.pk, "trek_in"])
    return Formulier(als(Rol.IBER, row.verwijzende_school), url, row, {})


def _advies(als: Als) -> Formulier:
    row = _aanvraag(BIJ_PARTIJEN)
    data = {"functie": "orthopedagoog", "steunt": "ja", "tekst": WOORD, "betrokken": "on"}
    client = als(Rol.ORTHOPEDAGOOG, row.ontvangende_school)
    return Formulier(client, reverse("ondersteuning:advies", args=[row.pk]), row, data, WOORD)


def _plaats(als: Als) -> Formulier:
    row = _aanvraag(BIJ_PARTIJEN)
    client = als(Rol.ORTHOPEDAGOOG, row.ontvangende_school)
    data = {"stap": "bevestig_plaats", "toelichting": WOORD}
    return Formulier(client, reverse("ondersteuning:plaats", args=[row.pk]), row, data, WOORD)


def _besluit(als: Als) -> Formulier:
    row = _aanvraag(INGEDIEND)
    data = {"besluit": "weiger", "motivering": WOORD, "bevestigd": "ja"}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:besluit", args=[row.pk]), row, data, WOORD)


def _aanvulling(als: Als) -> Formulier:
    row = _aanvraag(INGEDIEND)
    until = timezone.localdate() + timedelta(days=14)
    data = {"toelichting": WOORD, "uiterlijk": f"{until:%d-%m-%Y}"}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:aanvulling", args=[row.pk]), row, data, WOORD)


def _verlengen(als: Als) -> Formulier:
    row = _aanvraag(INGEDIEND)
    until = timezone.localdate() + timedelta(weeks=10)
    while geen_werkdag(until):
        until += timedelta(days=1)
    data = {"toelichting": WOORD, "uiterlijk": f"{until:%d-%m-%Y}"}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:verlengen", args=[row.pk]), row, data, WOORD)


def _tlv_intrekken(als: Als) -> Formulier:
    maak.SamenwerkingsverbandFactory()
    today = timezone.localdate()
    row = in_staat(TOEGEKEND, vandaag=today, gewenst_van=today, gewenst_tot=date(today.year + 2, 7, 31))
    data = {"reden": WOORD, "per": f"{today:%d-%m-%Y}"}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:tlv_intrekken", args=[row.pk]), row, data, WOORD)


def _onderzoek(als: Als) -> Formulier:
    row = _van_bestuur("EZ", INGEDIEND)
    data = {"onderzoeker": "Test", "werkgever": "Bureau", "afgerond_op": "1-3-2025", "conclusie": "past"}
    data |= {"tekst": WOORD}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:onderzoek", args=[row.pk]), row, data, WOORD)


def _kies_leden(als: Als) -> Formulier:
    row = _van_bestuur("TB", INGEDIEND)
    members = [
        AvLid.objects.create(user=als(Rol.CONTROLLER).user, bestuur=maak.SchoolFactory().bestuur) for _ in range(2)
    ]
    data = {"leden": [each.pk for each in members]}
    return Formulier(als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:kies_leden", args=[row.pk]), row, data)


def _nog_een_jaar(als: Als) -> Formulier:
    year = Schooljaar.van(timezone.localdate()).vorige
    row = _van_bestuur("TB", TOEGEKEND, gewenst_van=year.eerste_dag, gewenst_tot=year.laatste_dag)
    client = als(Rol.IBER, row.verwijzende_school)
    return Formulier(client, reverse("ondersteuning:nog_een_jaar", args=[row.pk]), row, {})


def _van_bestuur(route: str, staat: str, **fields: Any) -> Any:
    """An application that the board of the pupil's school does."""
    maak.SamenwerkingsverbandFactory()
    school = maak.SchoolFactory()
    board = {"verwijzende_school": school, "indienend_bestuur": school.bestuur, "route": route}
    return in_staat(staat, vandaag=timezone.localdate(), **board, **fields)


def _bezwaar_stap(als: Als) -> Formulier:
    row = BezwaarFactory()
    url = reverse("ondersteuning:bezwaar_stap", args=[row.pk, "verdaag"])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"toelichting": WOORD}, WOORD)


def _tlvinstellingen(als: Als) -> Formulier:
    row, _ = Tlvinstellingen.objects.get_or_create(pk=1)
    pattern = "{registratie}-{schooljaar}-{volgnummer:05d}"
    url = reverse("ondersteuning:tlv_instellingen")
    data = {name: getattr(row, name) for name in InstellingenForm.base_fields if name != "versie"}
    data |= {"nummerpatroon": pattern, "gelijkgesteld": ""}
    return Formulier(als(Rol.DIRECTEUR_BESTUURDER), url, row, data, pattern)


def _briefversie(als: Als) -> Formulier:
    row = BriefversieFactory()
    url = reverse("ondersteuning:briefversie_wijzigen", args=[row.soort, row.nummer])
    return Formulier(als(Rol.BEHEERDER), url, row, {**row.blokken, "verder": WOORD}, WOORD)


def _briefstap(als: Als) -> Formulier:
    row = BriefversieFactory()
    url = reverse("ondersteuning:briefversie_stap", args=[row.soort, row.nummer, "maak_geldend"])
    return Formulier(als(Rol.BEHEERDER), url, row, {"geldend": "0"})


def _aanbieder(als: Als) -> Formulier:
    row = AanbiederFactory()
    url = reverse("sociale_kaart:wijzigen", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, opgave(naam=WOORD), WOORD)


def _aanbieder_verbergen(als: Als) -> Formulier:
    row = AanbiederFactory()
    url = reverse("sociale_kaart:stap", args=[row.pk])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"stap": "verberg"})


def _capaciteit(als: Als) -> Formulier:
    row = Capaciteitenlijst.objects.create(school=maak.SchoolFactory())
    url = reverse("ondersteuning:capaciteit_bijwerken", args=[row.school_id])
    data = {"stand_3": "vol", "toelichting_3": WOORD}
    return Formulier(als(Rol.SCHOOLDIRECTEUR, row.school), url, row, data, WOORD)


def _overeenkomst_invullen(als: Als) -> Formulier:
    row = overeenkomst("concept", "dws")
    url = reverse("ondersteuning:overeenkomst_wijzigen", args=[row.pk])
    return Formulier(als(Rol.IBER, row.school), url, row, {"groep": "6", "doelen": WOORD}, WOORD)


def _overeenkomst_doorgeven(als: Als) -> Formulier:
    today = timezone.localdate()
    row = overeenkomst("lopend", "dws", vandaag=today)
    day = f"{today:%d-%m-%Y}"
    data = {"leerling": LeerlingFactory(school=row.school).pk, "groep": "6", "doelen": WOORD, "toestemming_op": day}
    data["vanaf"] = f"{row.einde:%d-%m-%Y}"
    url = reverse("ondersteuning:overeenkomst_doorgeven", args=[row.pk])
    return Formulier(als(Rol.IBER, row.school), url, row, data, WOORD)


def _overeenkomst_afwijzen(als: Als) -> Formulier:
    row = overeenkomst("bij_swv", "dws")
    url = reverse("ondersteuning:overeenkomst_stap", args=[row.pk, "wijs_af"])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"toelichting": WOORD}, WOORD)


def _jaarafspraken(als: Als) -> Formulier:
    row = jaarafspraken(maak.SchoolFactory(), Schooljaar.van(timezone.localdate()))
    url = reverse("ondersteuning:jaarafspraken", args=[row.school_id, row.schooljaar])
    return Formulier(als(Rol.SWV_MEDEWERKER), url, row, {"tekst_1": WOORD, "doel_1": "Rust"}, WOORD)


def _terugkijken(als: Als) -> Formulier:
    row = jaarafspraken(maak.SchoolFactory(), Schooljaar.van(timezone.localdate()).vorige)
    url = reverse("ondersteuning:jaarafspraken_terug", args=[row.school_id, row.schooljaar])
    data = {"uitkomst_1": "niet", "toelichting_1": WOORD}
    return Formulier(als(Rol.IBER, row.school), url, row, data, WOORD)


def _bezoek(als: Als) -> Formulier:
    row = BezoekFactory()
    client: Any = als(Rol.SWV_MEDEWERKER)
    data = {"datum": "1-9-2025", "consulent": client.user.pk, "soort": "ib", "onderwerpen": WOORD}
    return Formulier(client, reverse("ondersteuning:bezoek", args=[row.pk]), row, data, WOORD)


def _verzuim(als: Als, pagina: str, data: dict[str, Any], getypt: str = "") -> Formulier:
    row = VerzuimmeldingFactory()
    return Formulier(
        als(Rol.SWV_MEDEWERKER), reverse(f"ondersteuning:verzuim_{pagina}", args=[row.pk]), row, data, getypt
    )


def _verzuim_wijzigen(als: Als) -> Formulier:
    return _verzuim(als, "wijzigen", verzuimopgave(toelichting=WOORD), WOORD)


def _verzuim_stap(als: Als) -> Formulier:
    return _verzuim(als, "stap", {"stap": "neem_in_behandeling"})


def _verzuim_aanpak(als: Als) -> Formulier:
    return _verzuim(als, "aanpak", {"aanpak": "tempo"})


def _verzuim_afsluiten(als: Als) -> Formulier:
    return _verzuim(als, "afsluiten", {"einde_soort": "terug", "einde_op": "7-1-2025", "einde_reden": WOORD}, WOORD)


def _verzuim_zorgplicht(als: Als) -> Formulier:
    schools = [maak.SchoolFactory(), maak.SchoolFactory()]
    boards = [school.bestuur_id for school in schools]
    data = {"school": schools[0].pk, "besturen": boards, "besloten_op": "10-1-2025", "motivering": WOORD}
    return _verzuim(als, "zorgplicht", data, WOORD)


def _aanwezigheid(als: Als) -> Formulier:
    row = Aanwezigheidsinstellingen.objects.create()
    url = reverse("ondersteuning:aanwezigheidsinstellingen")
    data = {"eerste_overleg": "7-1-2025", "overleg_weken": "3", "peildagen": "\n".join(row.peildagen)}
    return Formulier(als(Rol.BEHEERDER), url, row, data, "7-1-2025")


def _overstap(naam: str) -> Callable[[Als], Formulier]:
    return lambda als: Formulier(*MET_VERSIE[naam](als))


def _proef(naam: str) -> Callable[[Als], Formulier]:
    return lambda als: Formulier(*{**OUDERS_MET_VERSIE, **ROUTES_MET_VERSIE}[naam](als))


def _behandelaar(als: Als) -> Formulier:
    row, client = _aanvraag(INGEDIEND), als(Rol.SWV_MEDEWERKER)
    data = {"behandelaar": client.user.pk}  # type: ignore[attr-defined]
    return Formulier(client, reverse("ondersteuning:behandelaar", args=[row.pk]), row, data)


def _radarvraag(als: Als) -> Formulier:
    today = timezone.localdate()
    tlv = in_staat(TOEGEKEND, gewenst_tot=einddag(today))
    row = Radarvraag.objects.create(aanvraag=tlv, school=tlv.ontvangende_school, gevraagd_op=today, uiterlijk=today)
    data = {"antwoord": "anders", "toelichting": WOORD}
    url = reverse("ondersteuning:radarvraag", args=[row.pk])
    return Formulier(als(Rol.IBER, row.school), url, row, data, WOORD)


ONDERSTEUNING: dict[str, Callable[[Als], Formulier]] = {
    "ondersteuning:stap": _aanvraagstap,
    "ondersteuning:stap_zetten": _intrekken,
    "ondersteuning:advies": _advies,
    "ondersteuning:plaats": _plaats,
    "ondersteuning:besluit": _besluit,
    "ondersteuning:behandelaar": _behandelaar,
    "ondersteuning:radarvraag": _radarvraag,
    "ondersteuning:aanvulling": _aanvulling,
    "ondersteuning:verlengen": _verlengen,
    "ondersteuning:tlv_intrekken": _tlv_intrekken,
    "ondersteuning:bezwaar_stap": _bezwaar_stap,
    "ondersteuning:onderzoek": _onderzoek,
    "ondersteuning:kies_leden": _kies_leden,
    "ondersteuning:nog_een_jaar": _nog_een_jaar,
    "ondersteuning:tlv_instellingen": _tlvinstellingen,
    "ondersteuning:aanvraag_documenten": _aanvraagdocumenten,
    "ondersteuning:leerling_gegevens": _leerlinggegevens,
    "ondersteuning:leerling_gezag": _leerlinggezag,
    "ondersteuning:leerling_fase": _leerlingfase,
    "ondersteuning:leerling_consulent": _leerlingconsulent,
    "ondersteuning:leerling_overdragen": _leerlingoverdragen,
    "ondersteuning:leerling_document_verwijderen": _leerlingdocument,
    "ondersteuning:briefversie_wijzigen": _briefversie,
    "ondersteuning:briefversie_stap": _briefstap,
    "ondersteuning:capaciteit_bijwerken": _capaciteit,
    "ondersteuning:verzuim_wijzigen": _verzuim_wijzigen,
    "ondersteuning:verzuim_stap": _verzuim_stap,
    "ondersteuning:verzuim_aanpak": _verzuim_aanpak,
    "ondersteuning:verzuim_afsluiten": _verzuim_afsluiten,
    "ondersteuning:verzuim_zorgplicht": _verzuim_zorgplicht,
    "ondersteuning:aanwezigheidsinstellingen": _aanwezigheid,
    "ondersteuning:overeenkomst_wijzigen": _overeenkomst_invullen,
    "ondersteuning:overeenkomst_doorgeven": _overeenkomst_doorgeven,
    "ondersteuning:overeenkomst_stap": _overeenkomst_afwijzen,
    "ondersteuning:jaarafspraken": _jaarafspraken,
    "ondersteuning:jaarafspraken_terug": _terugkijken,
    "ondersteuning:bezoek": _bezoek,
    **{naam: _overstap(naam) for naam in MET_VERSIE},
    **{naam: _proef(naam) for naam in (*OUDERS_MET_VERSIE, *ROUTES_MET_VERSIE)},
    "sociale_kaart:wijzigen": _aanbieder,
    "sociale_kaart:stap": _aanbieder_verbergen,
}
