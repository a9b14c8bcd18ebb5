from django.urls import path

from swv_portal.access.views import links

app_name = "access"
urlpatterns = [
    path("link/gestopt/", links.gestopt, name="link_gestopt"),
    path("link/stoppen/", links.stop, name="link_stoppen"),
    path("link/<str:token>/", links.link, name="link"),
]
