"""The log of the web server (``logger_class`` in gunicorn.conf.py): the same care as in our own lines."""

import logging
import re

from gunicorn.config import Config
from gunicorn.glogging import Logger

from swv_portal.common.logs import hide_tokens

#: What comes behind the question mark of an address: in a list, what somebody searched for.
_QUERY = re.compile(r"(?<=\S)\?[^\s\"]*")


class HideTokens(logging.Filter):
    """Takes the tokens out of addresses, and what was searched for, wherever a line got them from."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _QUERY.sub("?-", hide_tokens(record.getMessage())), ()
        return True


class CarefulLogger(Logger):
    """gunicorn's own logger, whose lines hold no token of a personal link and no words of a search."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.addFilter(HideTokens())
