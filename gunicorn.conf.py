"""Read by gunicorn when it starts in this folder; what differs per machine stands on the command line."""

logger_class = "swv_portal.common.weblog.CarefulLogger"
