"""The addresses of jobs and documents; mounted at the root of the portal."""

from django.urls import path

from swv_portal.jobs.views import documents, jobs, reports

app_name = "jobs"
urlpatterns = [
    path("opdrachten/", jobs.opdrachten, name="opdrachten"),
    path("opdrachten/opnieuw/", jobs.alle_opnieuw, name="alle_opnieuw"),
    path("opdrachten/groep/<uuid:groep>/", jobs.groep, name="groep"),
    path("opdrachten/<int:pk>/", jobs.opdracht, name="opdracht"),
    path("opdrachten/<int:pk>/voortgang/", jobs.voortgang, name="voortgang"),
    path("opdrachten/<int:pk>/stap/", jobs.stap, name="stap"),
    path("documenten/", reports.mijn_documenten, name="documenten"),
    path("documenten/rapport/", reports.vraag_rapport, name="vraag_rapport"),
    path("documenten/<uuid:sleutel>/", documents.document, name="document"),
]
