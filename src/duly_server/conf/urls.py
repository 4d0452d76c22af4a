"""The one table of addresses: all of them are the web's."""

from django.urls import include, path

urlpatterns = [path("", include("duly_server.web.urls"))]

handler400 = "duly_server.web.public.errors.bad_request"
handler403 = "duly_server.web.public.errors.refused"
handler404 = "duly_server.web.public.errors.not_found"
handler500 = "duly_server.web.public.errors.broken"
