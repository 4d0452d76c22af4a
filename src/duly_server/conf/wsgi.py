"""What a WSGI server (granian) runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly_server.conf.settings")
application = get_wsgi_application()
