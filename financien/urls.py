"""Addresses of money; mounted at /financien/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from financien.views import begroting, beschikkingen, budget, budgetjaar, inlezen, overzicht, scholen, tarieven


class BudgetformaatConverter(StringConverter):
    regex = "xlsx|csv"


class BegrotingsformaatConverter(StringConverter):
    regex = "xlsx|csv|json"


register_converter(BudgetformaatConverter, "budgetformaat")
register_converter(BegrotingsformaatConverter, "begrotingsformaat")

app_name = "financien"
urlpatterns = [
    path("", overzicht.overzicht_pagina, name="overzicht"),
    path("tarieven/", tarieven.lijst, name="tarieven"),
    path("tarieven/inlezen/", inlezen.tarieven, name="tarieven_inlezen"),
    path("tarieven/inlezen/<uuid:sleutel>/", inlezen.tarieven_voorbeeld, name="tarieven_voorbeeld"),
    path("tarieven/<int:pk>/", tarieven.wijzig, name="tarief"),
    path("jaren/begin/", budgetjaar.begin, name="begin_jaar"),
    path("jaren/<int:pk>/", budgetjaar.instellingen, name="budgetjaar"),
    path("jaren/<int:pk>/volume/", budgetjaar.volume, name="volume"),
    path("jaren/<int:pk>/stap/", budgetjaar.stap, name="budgetjaar_stap"),
    path("jaren/<int:jaar_pk>/bereken/", budget.bereken, name="bereken"),
    path("budgetten/<int:pk>/", budget.detail, name="budget"),
    path("budgetten/<int:pk>/stap/", budget.stap, name="budget_stap"),
    path("budgetten/<int:pk>/verschillen/", budget.verschillen, name="verschillen"),
    path("budgetten/<int:pk>/bestand.<budgetformaat:formaat>", budget.als_bestand, name="budget_bestand"),
    path("budgetten/<int:budget_pk>/besturen/<int:bestuur_pk>/", scholen.bestuur, name="bestuurbudget"),
    path("budgetten/<int:budget_pk>/beschikkingen/", beschikkingen.lijst, name="beschikkingen"),
    path("budgetten/<int:budget_pk>/beschikkingen/opnieuw/", beschikkingen.opnieuw, name="beschikkingen_opnieuw"),
    path("scholen/<int:pk>/", scholen.school, name="schoolbudget"),
    path("begroting/", begroting.geldende, name="begroting"),
    path("begroting/alle/", begroting.lijst, name="begrotingen"),
    path("begroting/inlezen/", inlezen.begroting, name="begroting_inlezen"),
    path("begroting/inlezen/<uuid:sleutel>/", inlezen.begroting_voorbeeld, name="begroting_voorbeeld"),
    path("begroting/<int:pk>/", begroting.detail, name="begroting_detail"),
    path("begroting/<int:pk>/stap/", begroting.stap, name="begroting_stap"),
    path("begroting/<int:pk>/bestand.<begrotingsformaat:formaat>", begroting.als_bestand, name="begroting_bestand"),
    path("begroting/<int:pk>/pdf/", begroting.pdf, name="begroting_pdf"),
]
