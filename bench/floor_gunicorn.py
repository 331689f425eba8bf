"""Gunicorn's settings for the bare Flask: those of gunicorn.conf.py, without a database to prepare."""

from app.config import read_settings

bind = f"127.0.0.1:{read_settings().port}"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"
