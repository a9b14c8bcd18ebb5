"""The log of the web server (``logger_class`` in gunicorn.conf.py): the same care as in our own lines."""

import logging

from gunicorn.config import Config
from gunicorn.glogging import Logger

from swv_portal.common.logs import hide_tokens


class HideTokens(logging.Filter):
    """Takes the tokens out of addresses, wherever a line got them from."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hide_tokens(record.getMessage()), ()
        return True


class CarefulLogger(Logger):
    """gunicorn's own logger, whose lines hold no token of a personal link."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.addFilter(HideTokens())
