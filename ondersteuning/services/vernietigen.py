"""Destroying dossiers whose term of keeping has passed: rows, files, timelines, links; and the record of it."""

from datetime import date

from django.db import transaction
from django.db.models import Model, Q

from ondersteuning.domain.geldigheid import BEWAARJAREN
from ondersteuning.domain.verlaten import NABEWAREN_DAGEN, bewaren_tot
from ondersteuning.models import Aanvraag, Faseovergang, Leerling, NietDezelfde, Partij
from ondersteuning.queries.betaler import BETAALT_HELE_SCHOOLTIJD
from ondersteuning.queries.bewaren import bewaartermijnen, gewijzigde_termijnen, looptijden, procedures
from ondersteuning.queries.dubbelen import dezelfde
from ondersteuning.queries.partijregels import LINKSOORTEN
from swv_portal.access.services.links import destroy_links
from swv_portal.audit import services as audit
from swv_portal.jobs.services.documents import delete_document, delete_documents_of, documents_of

REGEL = f"{BEWAARJAREN} jaar na het einde van de TLV of het afsluiten van de aanvraag"
REGEL_VERLATEN = (
    f"{NABEWAREN_DAGEN} dagen na het intrekken van een aanvraag die een jaar lang niemand wijzigde of indiende"
)
#: Of a pupil without a procedure, and of everything that goes with the last one.
REGEL_LEERLING = f"{BEWAARJAREN} jaar na het einde van de laatste procedure, of na een signaal zonder procedure"
_TERMIJN = ("pk", "gewijzigd_op", "bewaren_tot")
_BLOK = 1000


def te_vernietigen(*, vandaag: date) -> list[int]:
    """The keys of the dossiers that may no longer be kept on ``vandaag``."""
    return list(Aanvraag.objects.all().te_vernietigen(vandaag).order_by("pk").values_list("pk", flat=True))


def vernietig(*, pk: int, vandaag: date) -> bool:
    """Destroy one dossier and record it; ``False`` when it is not (or no longer) to be destroyed.

    Gone are the application with its parties, advices, signatures and requests, the pupil when no other procedure
    needs it, the files, the personal links, and the timelines of all these.  The TLV number stays, so that it is never
    given out again; a place stays too, without its application: it holds no name and belongs to the accounts.
    """
    with transaction.atomic():
        # The pupil first, as in ``vernietig_leerling``: the night may do both at once.
        pupil = Leerling.objects.select_for_update().filter(aanvragen=pk).first()
        found = None if pupil is None else _nog_te_vernietigen(pk, vandaag)
        if pupil is None or found is None:
            return False
        until = bewaartermijnen([pupil])[pupil.pk]
        _vernietig_aanvraag(found)
        if until is not None and until < vandaag:
            _vernietig_dossier(pupil)
        return True


def _nog_te_vernietigen(pk: int, vandaag: date) -> Aanvraag | None:
    """The application, locked; ``None`` when it is to be kept.

    Asked after the lock: what came while we waited for it (an objection) is in no row that the lock reads again.
    """
    Aanvraag.objects.select_for_update().filter(pk=pk).first()
    return Aanvraag.objects.all().te_vernietigen(vandaag).filter(pk=pk).first()


def _vernietig_aanvraag(aanvraag: Aanvraag) -> None:
    """One application with everything under it.  Inside a transaction."""
    rule, key = _regel(aanvraag), aanvraag.pk
    _onthoud_betaler(aanvraag)
    files = list(documents_of(aanvraag))
    for document in files:
        delete_document(document)
    link_ids = _vernietig_links(aanvraag)
    objections = list(aanvraag.bezwaren.values_list("pk", flat=True))
    letters = delete_documents_of("ondersteuning.bezwaar", objections)
    Faseovergang.objects.filter(aanvraag=aanvraag).update(reden="")
    rows = aanvraag.delete()[0]
    if objections:
        audit.destroy_for(
            "ondersteuning.bezwaar",
            objections,
            regel=rule,
            rijen=len(objections),
            bestanden=letters,
            soort="bezwaar bij een dossier",
        )
    if link_ids:
        audit.destroy_for(
            "access.persoonlijkelink", link_ids, regel=rule, rijen=len(link_ids), soort="persoonlijke links"
        )
    audit.destroy_for(
        "ondersteuning.aanvraag",
        [key],
        regel=rule,
        rijen=rows,
        bestanden=len(files),
        soort="dossier van een leerling",
    )


def _onthoud_betaler(aanvraag: Aanvraag) -> None:
    """That the SWV pays during the whole primary school time outlives the application, in the dossier it belongs to.

    From when, why, and the reference: no more.  Not in other dossiers with the same name and birth date: whoever asks
    who pays looks there too, as long as the SWV did not say that those are of another child.
    """
    if not Aanvraag.objects.filter(BETAALT_HELE_SCHOOLTIJD, pk=aanvraag.pk).exists():
        return
    # An update of the rows themselves: it is no change that somebody made, so no version and no longer keeping.
    Leerling.objects.filter(pk=aanvraag.leerling_id, swv_betaalt_sinds__isnull=True).update(
        swv_betaalt_sinds=aanvraag.geldig_van or aanvraag.besloten_op or aanvraag.sinds,
        swv_betaalt_reden=aanvraag.betaalreden,
        swv_betaalt_kenmerk=aanvraag.kenmerk,
    )


def _geef_betaler_door(leerling: Leerling) -> None:
    """The dossier goes, and the child may have another one: the fact moves on to what is known as the same child."""
    names = ("swv_betaalt_sinds", "swv_betaalt_reden", "swv_betaalt_kenmerk")
    facts = Leerling.objects.filter(pk=leerling.pk, swv_betaalt_sinds__isnull=False).values(*names).first()
    if facts is not None:
        Leerling.objects.filter(pk__in=dezelfde(leerling), swv_betaalt_sinds__isnull=True).update(**facts)


def werk_bewaartermijnen_bij(*, vandaag: date) -> list[int]:
    """Compute anew until when every pupil's dossier is kept; the keys of those whose last day was before ``vandaag``.

    Of a pupil without a procedure the day that was computed stays, until somebody works in the dossier: what was kept
    because of a procedure that is destroyed by now is not kept longer.
    """
    first = 0
    while block := list(Leerling.objects.filter(pk__gt=first).order_by("pk").only(*_TERMIJN)[:_BLOK]):
        first = block[-1].pk
        days = gewijzigde_termijnen(block)
        for pupil in block:
            pupil.bewaren_tot = days.get(pupil.pk, pupil.bewaren_tot)
        Leerling.objects.bulk_update((pupil for pupil in block if pupil.pk in days), ["bewaren_tot"])
    expired = Leerling.objects.filter(bewaren_tot__lt=vandaag)
    return list(expired.order_by("pk").values_list("pk", flat=True))


def vernietig_leerling(*, pk: int, vandaag: date) -> bool:
    """Destroy the dossier of a pupil with every procedure in it; ``False`` when it is not (or no longer) to be."""
    with transaction.atomic():
        pupil = Leerling.objects.select_for_update().filter(pk=pk, bewaren_tot__lt=vandaag).first()
        if pupil is None:
            return False
        if looptijden([pk]):
            until = bewaartermijnen([pupil])[pk]
            if until is None or until >= vandaag:
                return False
        _vernietig_dossier(pupil)
        return True


def _vernietig_dossier(leerling: Leerling) -> None:
    """A pupil, the procedures, the documents and their files, and the timelines.  Inside a transaction."""
    for aanvraag in leerling.aanvragen.all():
        _vernietig_aanvraag(aanvraag)
    _geef_betaler_door(leerling)
    for model, name in procedures():
        _vernietig_procedures(model, name, leerling)
    compared = NietDezelfde.objects.filter(Q(leerling=leerling) | Q(ander=leerling))
    pairs = list(compared.values_list("pk", flat=True))
    if pairs:
        rows = compared.delete()[0]
        audit.destroy_for(NietDezelfde._meta.label_lower, pairs, regel=REGEL_LEERLING, rijen=rows)
    key, label = leerling.pk, leerling._meta.label_lower
    files = delete_documents_of(label, [key])
    rows = leerling.delete()[0]
    audit.destroy_for(
        label, [key], regel=REGEL_LEERLING, rijen=rows, bestanden=files, soort="gegevens van een leerling"
    )


def _vernietig_procedures(model: type[Model], naam: str, leerling: Leerling) -> None:
    """The procedures of one kind.  Files and timeline may stand under the model itself or under one that extends it."""
    found = model._base_manager.filter(**{naam: leerling})
    keys = list(found.values_list("pk", flat=True))
    if not keys:
        return
    labels = [kind._meta.label_lower for kind in (model, *model.__subclasses__())]
    files = {label: delete_documents_of(label, keys) for label in labels}
    rows = found.delete()[0]
    for label in labels:
        audit.destroy_for(
            label, keys, regel=REGEL_LEERLING, rijen=rows if label == labels[0] else 0, bestanden=files[label]
        )


def _regel(aanvraag: Aanvraag) -> str:
    """The term that asks for it: that of an abandoned application when the portal withdrew it."""
    closed = aanvraag.afgesloten_op
    warned = aanvraag.verlaten_gewaarschuwd_op is not None
    return REGEL_VERLATEN if warned and closed and aanvraag.bewaren_tot == bewaren_tot(closed) else REGEL


def _vernietig_links(aanvraag: Aanvraag) -> list[int]:
    found: list[int] = []
    for kind, link_kind in LINKSOORTEN.items():
        parties = list(Partij.objects.filter(aanvraag=aanvraag, soort=kind).values_list("pk", flat=True))
        found += destroy_links(soort=link_kind, onderwerp_ids=parties)
    return found
