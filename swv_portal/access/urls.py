from django.urls import path

from swv_portal.access.views import account, invitations, links

app_name = "access"
urlpatterns = [
    path("link/gestopt/", links.gestopt, name="link_gestopt"),
    path("link/stoppen/", links.stop, name="link_stoppen"),
    path("link/<str:token>/", links.link, name="link"),
    path("uitnodiging/<str:token>/", invitations.uitnodiging, name="uitnodiging"),
    path("mijn-account/", account.account, name="account"),
    path("mijn-logboek/", account.logboek, name="logboek"),
    path("mijn-logboek/mijn-logboek.<str:formaat>", account.logboek_bestand, name="logboek_bestand"),
]
