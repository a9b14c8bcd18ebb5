#!/usr/bin/env python
"""Django's command line.  Without DATABASE_URL it works on the local servers and starts them when they are not up."""

import contextlib
import os
import sys

#: Commands that need no database; everything else gets the local servers.
WITHOUT_SERVERS = {"help", "version", "--help", "--version", "collectstatic", "findstatic", "makemessages", "startapp"}

#: The portal's own commands also work in a clone that never ran `make demo`: they make the tables first.
WITH_TABLES = {"importeer", "exporteer", "eerste_beheerder", "herversleutel"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "swv_portal.settings.local")
    from django.core.management import execute_from_command_line

    with contextlib.ExitStack() as stack:
        local = os.environ["DJANGO_SETTINGS_MODULE"] == "swv_portal.settings.local"
        if local and "DATABASE_URL" not in os.environ and not WITHOUT_SERVERS & set(sys.argv[1:2] or ["help"]):
            from swv_portal.local.locks import has_tables, local_servers

            stack.enter_context(local_servers())
            if sys.argv[1] in WITH_TABLES and not has_tables():
                execute_from_command_line([sys.argv[0], "migrate", "--no-input", "--verbosity=0"])
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
