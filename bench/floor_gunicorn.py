"""Gunicorn's configuration for the bare Flask: that of gunicorn.conf.py, without preparing a database."""

import os

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"
