"""The web's addresses."""

from django.urls import URLPattern, URLResolver

from duly_server.web.desk import case_urls as cases
from duly_server.web.desk import urls as desk
from duly_server.web.monitor import urls as monitor
from duly_server.web.public import urls as public

urlpatterns: list[URLPattern | URLResolver] = [
    *public.urlpatterns,  # first: Django tries one after another
    *desk.patterns,
    *cases.urlpatterns,
    *monitor.urlpatterns,
]
