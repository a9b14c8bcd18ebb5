"""Read by gunicorn when it starts in this folder; what differs per machine stands on the command line."""

from typing import Any

from swv_portal.common.memory import settle

logger_class = "swv_portal.common.weblog.CarefulLogger"


def post_worker_init(_worker: Any) -> None:
    settle()
