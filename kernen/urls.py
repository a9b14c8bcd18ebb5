"""The addresses of kernen."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from kernen.views import imports, kernen, kernplan, kernplan_schrijven, menukaart, personen, scholen

app_name = "kernen"


class SchooljaarConverter(IntConverter):
    """The year in which a school year begins."""

    regex = "20[0-9]{2}"


class FormulierstapConverter(IntConverter):
    """A step of the form of the kernplan; the check page has an address of its own."""

    regex = "[1-3]"


class OpmerkingstapConverter(StringConverter):
    """A step of the procedure that needs words."""

    regex = "stuur_terug|heropen"


register_converter(SchooljaarConverter, "schooljaar")
register_converter(FormulierstapConverter, "formulierstap")
register_converter(OpmerkingstapConverter, "opmerkingstap")

urlpatterns = [
    path("", kernen.kernen, name="kernen"),
    path("nieuw/", kernen.kern_nieuw, name="kern_nieuw"),
    path("<int:pk>/", kernen.kern, name="kern"),
    path("<int:pk>/wijzigen/", kernen.kern_wijzigen, name="kern_wijzigen"),
    path("<int:pk>/budget/<schooljaar:schooljaar>/", kernen.kern_budget, name="kern_budget"),
    path("<int:pk>/kernplan/<schooljaar:schooljaar>/", kernplan.kernplan_beginnen, name="kernplan_beginnen"),
    path("scholen/", scholen.scholen, name="scholen"),
    path("scholen/<int:pk>/", scholen.school, name="school"),
    path("scholen/<int:pk>/wijzigen/", scholen.school_wijzigen, name="school_wijzigen"),
    path("scholen/<int:pk>/indelen/", scholen.school_indelen, name="school_indelen"),
    path("scholen/inlezen/", imports.imports, name="imports"),
    path("scholen/inlezen/<uuid:sleutel>/", imports.importpagina, name="import"),
    path("besturen/", scholen.besturen, name="besturen"),
    path("besturen/<int:pk>/", scholen.bestuur, name="bestuur"),
    path("besturen/<int:pk>/wijzigen/", scholen.bestuur_wijzigen, name="bestuur_wijzigen"),
    path("plannen/", kernplan.kernplannen, name="kernplannen"),
    path("plannen/<int:pk>/", kernplan.kernplan, name="kernplan"),
    path("plannen/<int:pk>/stap/<formulierstap:stap>/", kernplan_schrijven.kernplan_stap, name="kernplan_stap"),
    path(
        "plannen/<int:pk>/stap/<formulierstap:stap>/voorbeeld/",
        kernplan_schrijven.kernplan_voorbeeld,
        name="kernplan_voorbeeld",
    ),
    path("plannen/<int:pk>/controleren/", kernplan_schrijven.kernplan_controleren, name="kernplan_controleren"),
    path("plannen/<int:pk>/actie/", kernplan.kernplan_actie, name="kernplan_actie"),
    path("plannen/<int:pk>/opmerking/<opmerkingstap:naam>/", kernplan.kernplan_opmerking, name="kernplan_opmerking"),
    path("plannen/<int:pk>/pdf/", kernplan.kernplan_pdf, name="kernplan_pdf"),
    path("sessies/", menukaart.sessies, name="sessies"),
    path("sessies/<int:pk>/", kernen.sessie, name="sessie"),
    path("sessies/plannen/<schooljaar:schooljaar>/", menukaart.sessies_plannen, name="sessies_plannen"),
    path("menukaart/", menukaart.menukaart, name="menukaart"),
    path("menukaart/themas/<int:pk>/", menukaart.thema, name="thema"),
    path("menukaart/themas/nieuw/<schooljaar:schooljaar>/", menukaart.thema, name="thema_nieuw"),
    path("menukaart/tarieven/<int:pk>/", menukaart.tarief, name="tarief"),
    path("menukaart/tarieven/nieuw/<schooljaar:schooljaar>/", menukaart.tarief, name="tarief_nieuw"),
    path("menukaart/overnemen/<schooljaar:schooljaar>/", menukaart.menukaart_overnemen, name="menukaart_overnemen"),
    path("personen/", personen.personen, name="personen"),
    path("personen/nieuw/", personen.persoon_nieuw, name="persoon_nieuw"),
    path("personen/<int:pk>/", personen.persoon, name="persoon"),
    path("personen/<int:pk>/rol/", personen.persoon_rol, name="persoon_rol"),
    path("personen/<int:pk>/account/", personen.persoon_account, name="persoon_account"),
    path("rollen/<int:pk>/intrekken/", personen.rol_intrekken, name="rol_intrekken"),
    path("instellingen/", kernen.instellingen, name="instellingen"),
]
