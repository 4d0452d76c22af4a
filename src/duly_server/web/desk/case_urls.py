"""Addresses of the case page, of acting in a case, of the sift, of seals and of the register."""

from django.urls import URLPattern

from duly_server.web.desk import case, history, matters, register, seals, sift, sift_complaint, steps
from duly_server.web.routes import Rule, is_sent, route

CASE = "desk/cases/<str:reference>"

urlpatterns: list[URLPattern] = [
    route(CASE, case.show, name="desk-case", rule=Rule.DESK),
    route(
        f"{CASE}/steps/<str:step>", steps.take, name="desk-case-step", rule=Rule.DESK, grave=steps.is_grave
    ),
    route(f"{CASE}/seals", seals.open_seals, name="desk-case-seals", rule=Rule.DESK, grave=is_sent),
    *(
        route(f"{CASE}/{noun}", matters.view_of(noun), name=f"desk-case-{noun}", rule=Rule.DESK)
        for noun in matters.MATTERS
    ),
    route("desk/sift", sift.show, name="desk-sift", rule=Rule.DESK),
    route(
        "desk/sift/<str:reference>",
        sift_complaint.sift_one,
        name="desk-sift-complaint",
        rule=Rule.DESK,
        grave=sift_complaint.is_reading,
    ),
    route("desk/history", history.show, name="desk-history", rule=Rule.DESK),
    route(
        "desk/history/<str:reference>",
        history.one,
        name="desk-history-complaint",
        rule=Rule.DESK,
        grave=history.is_reading,
    ),
    route("desk/register", register.show, name="desk-register", rule=Rule.DESK),
]
