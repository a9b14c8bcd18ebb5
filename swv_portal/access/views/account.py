"""The own account, and the own log."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from swv_portal.access.forms import AccountForm
from swv_portal.access.models import User
from swv_portal.access.second_factor import has_second_factor
from swv_portal.access.services.account import wijzig_account
from swv_portal.audit.queries import eigen_logboek
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.tables import CSV_TYPE, XLSX_TYPE, Blad, schrijf_csv, schrijf_xlsx

#: How many lines, the newest ones, stand on the screen and in the file.
OP_SCHERM, IN_BESTAND = 300, 50_000
KOLOMMEN = ("tijd", "wie", "onderwerp", "wat", "soort")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The own name and the daily mail, and the ways to the password and the second factor."""
    user = _me(request)
    form = AccountForm(request.POST or None, initial={"naam": user.naam, "dagbericht": user.dagbericht})
    if request.method == "POST" and form.is_valid():
        wijzig_account(user_id=user.pk, **form.cleaned_data)
        messages.success(request, "Uw gegevens zijn bewaard.")
        return redirect("access:account")
    context = {"form": form, "tweede_factor": has_second_factor(user)}
    return render(request, "access/account.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def logboek(request: HttpRequest) -> HttpResponse:
    """What the portal recorded of this person, newest first."""
    regels = eigen_logboek(_me(request).pk, hoeveel=OP_SCHERM)
    return render(request, "access/logboek.html", {"regels": regels, "meer": len(regels) == OP_SCHERM})


@require_safe
@login_required
def logboek_bestand(request: HttpRequest, formaat: str) -> HttpResponse:
    """The own log as a file."""
    rows = [
        (f"{timezone.localtime(regel.tijd):%Y-%m-%d %H:%M:%S}", regel.wie, regel.onderwerp, regel.tekst, regel.soort)
        for regel in eigen_logboek(_me(request).pk, hoeveel=IN_BESTAND)
    ]
    vandaag = timezone.localdate()
    if formaat == "csv":
        content, content_type = schrijf_csv(KOLOMMEN, rows, notatie="nl"), CSV_TYPE
    elif formaat == "xlsx":
        sheet = Blad("logboek", KOLOMMEN, rows, titel="Mijn logboek", bron="het portaal", datum=vandaag)
        content, content_type = schrijf_xlsx([sheet]), XLSX_TYPE
    else:
        raise Http404
    return bestand_antwoord(f"mijn-logboek-{vandaag}.{formaat}", content, content_type)


def _me(request: HttpRequest) -> User:
    """The person behind the request; the views here are for people who are logged in."""
    return cast(User, request.user)
