"""What a WSGI server (granian) runs. A route that does not say who may come stops the start (threats 4.1)."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly_server.conf.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- after setup

from duly_server.cli.beside import end_with_parent  # noqa: E402 -- after setup
from duly_server.store.sqlite.base import make_no_files  # noqa: E402 -- the same
from duly_server.web.monitor import own_port  # noqa: E402 -- the same
from duly_server.web.routes import check_all_declared  # noqa: E402 -- the same
from duly_server.web.waiting.front import Front  # noqa: E402 -- the same

check_all_declared()
make_no_files()
end_with_parent()
# Python hands over to another thread five times as often as it begins with: a complaint has a dozen requests,
# and each waits for every look-up of a code that is in its turn (T17).
sys.setswitchinterval(0.001)
application = Front(_django)
# What is loaded by now stays: no collection of garbage looks through it again, while everybody waits.
gc.collect()
gc.freeze()
if settings.DULY_MONITOR:
    own_port.serve(_django, settings.DULY_MONITOR)
