"""The portal's addresses and, for comparing: a page that does nothing, and Django's own list of the same rows."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from ondersteuning.models import Aanvraag
from swv_portal.urls import urlpatterns as _urlpatterns


def hallo(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("Hallo")


class AanvraagAdmin(ModelAdmin):
    """The columns and filters of the portal's own list."""

    list_display = (
        "kenmerk",
        "verwijzende_school",
        "ontvangende_school",
        "categorie",
        "staat",
        "eigen_uiterlijk",
    )
    list_filter = ("staat", "categorie", "verwijzende_school")
    list_select_related = ("verwijzende_school", "ontvangende_school")
    list_per_page = 25
    ordering = ("-pk",)


beheer = AdminSite(name="meting")
beheer.register(Aanvraag, AanvraagAdmin)

urlpatterns = [*_urlpatterns, path("hallo/", hallo), path("meting-beheer/", beheer.urls)]
