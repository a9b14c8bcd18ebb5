"""The way in for somebody with a personal link: first the code, then what the link opens."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from swv_portal.access.forms import CodeForm
from swv_portal.access.link_session import forget_session, keep_session, link_of_session, protect
from swv_portal.access.links import link_kind
from swv_portal.access.ratelimit import too_often
from swv_portal.access.services.links import leave, open_with_code
from swv_portal.common.workflow import Refusal

#: A family or a school shares one address: room for honest mistakes, none for trying codes.
PER_ADRES, PER_SECONDEN = 30, 300


@sensitive_variables("token")
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET only says that a code is needed, whatever the token is, and touches nothing.  POST tries the code."""
    if request.method != "POST":
        return protect(render(request, "access/link.html", {"form": CodeForm()}))
    form = CodeForm(request.POST)
    if form.is_valid():
        # A form without a code tries nothing: mail programs that send those must not keep the family out.
        if too_often(request, action="link", amount=PER_ADRES, seconds=PER_SECONDEN):
            return protect(render(request, "429.html", status=429))
        opened = open_with_code(token=token, code=form.cleaned_data["code"])
        if not isinstance(opened, Refusal):
            response = redirect(link_kind(opened.soort).start(opened))
            keep_session(response, opened)
            return protect(response)
        form.weiger(opened)
    # What was typed does not come back: it is a secret, and somebody else may look over the shoulder.
    form.data = QueryDict()
    return protect(render(request, "access/link.html", {"form": form}, status=422))


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Leave: on a shared computer nobody comes back without the code."""
    found = link_of_session(request)
    if found is not None:
        leave(link_id=found.pk)
    response = redirect("access:link_gestopt")
    forget_session(response)
    return protect(response)


@require_http_methods(["GET", "HEAD"])
def gestopt(request: HttpRequest) -> HttpResponse:
    return protect(render(request, "access/link_klaar.html"))
