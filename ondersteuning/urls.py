"""The addresses of ondersteuning.  No address holds a name."""

from django.urls import path

from ondersteuning.views import (
    besluit,
    dossier,
    formulier,
    instellingen,
    lijst,
    ontvangend,
    partijen,
    persoonlijk,
    plaatsingen,
)

app_name = "ondersteuning"
urlpatterns = [
    path("", lijst.aanvragen, name="aanvragen"),
    path("nieuw/", lijst.nieuw, name="nieuw"),
    path("aanvraag/<int:pk>/", dossier.dossier_pagina, name="dossier"),
    path("aanvraag/<int:pk>/invullen/<slug:stap>/", formulier.stap, name="stap"),
    path("aanvraag/<int:pk>/doe/<slug:naam>/", dossier.stap_zetten, name="stap_zetten"),
    path("aanvraag/<int:pk>/partij/<int:partij>/uitnodigen/", partijen.uitnodigen, name="uitnodigen"),
    path("aanvraag/<int:pk>/partij/<int:partij>/intrekken/", partijen.link_intrekken, name="link_intrekken"),
    path("aanvraag/<int:pk>/advies/", ontvangend.advies, name="advies"),
    path("aanvraag/<int:pk>/plaats/", ontvangend.plaats, name="plaats"),
    path("aanvraag/<int:pk>/besluit/", besluit.besluit, name="besluit"),
    path("aanvraag/<int:pk>/aanvulling/", besluit.aanvulling, name="aanvulling"),
    path("ouder/", persoonlijk.ouder, name="ouder"),
    path("deskundige/", persoonlijk.deskundige, name="deskundige"),
    path("plaatsingen/", plaatsingen.plaatsingen, name="plaatsingen"),
    path("plaatsingen/importeren/", plaatsingen.importeren, name="plaatsingen_importeren"),
    path("plaatsingen/importeren/<uuid:sleutel>/", plaatsingen.bekijken, name="plaatsingen_voorbeeld"),
    path("instellingen/", instellingen.instellingen, name="instellingen"),
]
