from django.urls import path

from swv_portal.start.views import pages, thuis, vernietigingen

app_name = "start"
urlpatterns = [
    path("", thuis.thuis, name="thuis"),
    path("zoeken/", thuis.zoeken, name="zoeken"),
    path("vernietigingen/", vernietigingen.vernietigingen, name="vernietigingen"),
    path("gezond/", pages.gezond, name="gezond"),
    path("weer-ingelogd/", pages.terug, name="terug"),
]
