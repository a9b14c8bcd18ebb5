"""The addresses of ondersteuning.  No address holds a name."""

from django.urls import path

from ondersteuning.views import (
    besluit,
    capaciteit,
    dossier,
    formulier,
    instellingen,
    lijst,
    ontvangend,
    partijen,
    persoonlijk,
    plaatsingen,
    sociale_kaart,
    swv_gebieden,
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
    path("capaciteit/<int:pk>/", capaciteit.bijwerken, name="capaciteit_bijwerken"),
    path("instellingen/swv-gebieden/", swv_gebieden.swv_gebieden, name="swv_gebieden"),
]

#: Read by everybody, so at an address of its own that people can pass on: ``/sociale-kaart/``.
sociale_kaart_urls = (
    [
        path("", sociale_kaart.lijst, name="lijst"),
        path("voorstellen/", sociale_kaart.voorstellen, name="voorstellen"),
        path("beheer/", sociale_kaart.beheer, name="beheer"),
        path("<int:pk>/", sociale_kaart.aanbieder, name="aanbieder"),
        path("<int:pk>/wijzigen/", sociale_kaart.wijzigen, name="wijzigen"),
        path("<int:pk>/stap/", sociale_kaart.stap, name="stap"),
    ],
    "sociale_kaart",
)
