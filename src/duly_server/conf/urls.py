"""The one table of addresses: all of them are the web's."""

from django.urls import include, path

urlpatterns = [path("", include("duly_server.web.urls"))]
