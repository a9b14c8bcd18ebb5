"""The addresses of evaluatie."""

from django.urls import URLPattern, URLResolver, path

from evaluatie.views import inlezen, rondes

app_name = "evaluatie"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", rondes.rondes, name="rondes"),
    path("inlezen/", inlezen.inlezen, name="inlezen"),
    path("inlezen/<uuid:sleutel>/", inlezen.bekijk, name="voorbeeld"),
    path("rondes/<slug:code>/", rondes.ronde, name="ronde"),
    path("rondes/<slug:code>/stap/", rondes.stap, name="stap"),
    path("rondes/<slug:code>/rapport/", rondes.rapport, name="rapport"),
    path("rondes/<slug:code>/uitkomsten.xlsx", rondes.xlsx, name="xlsx"),
    path("rondes/<slug:code>/uitkomsten.json", rondes.json, name="json"),
]
