"""The web's addresses."""

from django.urls import URLPattern, URLResolver

from duly_server.web.public import urls as public

urlpatterns: list[URLPattern | URLResolver] = [*public.urlpatterns]
