"""The settings of the tests, with the logging that runs for real."""

from swv_portal.settings.test import *  # noqa: F403

LOGGING_CONFIG = "logging.config.dictConfig"
