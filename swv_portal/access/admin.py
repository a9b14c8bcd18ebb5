"""The technical administration: looking only.  Whoever wants to change something uses the portal's own screens."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from swv_portal.access.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "naam", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "naam"]
    fields = ["email", "naam", "is_active", "is_staff", "is_superuser", "last_login", "aangemaakt"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False
