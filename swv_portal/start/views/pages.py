"""Small pages of the portal as a whole."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def gezond(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """For the machine that watches over this process: it works, and reaches the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_required
def terug(request: HttpRequest) -> HttpResponse:
    """After logging in in a second tab: go back to the first one."""
    return render(request, "start/terug.html")
