"""Every address of the portal.  Whatever is added here or below must be in the matrix of tests/architecture."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from ondersteuning.urls import sociale_kaart_urls
from ondersteuning.views import capaciteit

# The technical administration has no login page of its own: one login, with its brakes and second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("swv_portal.start.urls")),
    path("", include("swv_portal.access.urls")),
    path("", include("swv_portal.jobs.urls")),
    path("kernen/", include("kernen.urls")),
    path("ondersteuning/", include("ondersteuning.urls")),
    path("sociale-kaart/", include(sociale_kaart_urls)),
    path("capaciteit/", capaciteit.lijst, name="capaciteit"),
    path("financien/", include("financien.urls")),
    path("evaluatie/", include("evaluatie.urls")),
    path("account/", include("swv_portal.access.account_urls")),
    path("technisch-beheer/", admin.site.urls),
]

if settings.DEMO and apps.is_installed("swv_portal.local"):
    urlpatterns.append(path("demo/", include("swv_portal.local.urls")))

handler400 = "swv_portal.start.errors.bad_request"
handler403 = "swv_portal.start.errors.permission_denied"
handler404 = "swv_portal.start.errors.page_not_found"
handler500 = "swv_portal.start.errors.server_error"
