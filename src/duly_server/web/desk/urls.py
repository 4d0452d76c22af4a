"""Addresses of the desk's frame and lists, and of logging in; `urlpatterns` of the web takes them."""

from duly_server.web.desk import (
    docket,
    docket_csv,
    find,
    invitation,
    login,
    login_second,
    news,
    officers,
    rulebook,
    signing_in,
    today,
    views_saved,
    whole,
)
from duly_server.web.routes import Rule, route

patterns = [
    route("login", login.LogIn.as_view(), name="login", rule=Rule.ANYONE),
    route("login/second", login_second.second, name="login-second", rule=Rule.ANYONE),
    route("logout", login.LogOut.as_view(), name="logout", rule=Rule.ANYONE),
    route("invitation", invitation.take, name="invitation", rule=Rule.ANYONE),
    route("signing-in", signing_in.show, name="signing-in", rule=Rule.ENTERING),
    route("signing-in/first", signing_in.first, name="signing-in-first", rule=Rule.ENTERING),
    route("signing-in/app", signing_in.app, name="signing-in-app", rule=Rule.ENTERING),
    route("signing-in/codes", signing_in.new_codes, name="signing-in-codes", rule=Rule.ENTERING),
    route("signing-in/remove", signing_in.remove, name="signing-in-remove", rule=Rule.ENTERING),
    route("demo/people", login.people, name="demo-people", rule=Rule.DEMO),
    route("demo/people/become", login.become, name="demo-become", rule=Rule.DEMO),
    route("demo/next-day", login.next_day, name="demo-next-day", rule=Rule.DEMO),
    # Whoever is logged in: who holds no office today is told so here.
    route("desk/", today.show, name="desk-today", rule=Rule.ACCOUNT),
    route("desk/docket", docket.show, name="desk-docket", rule=Rule.DESK),
    route("desk/docket.csv", docket_csv.download, name="desk-docket-csv", rule=Rule.DESK),
    route("desk/docket/save", views_saved.save, name="desk-docket-save", rule=Rule.DESK),
    route("desk/docket/forget", views_saved.forget, name="desk-docket-forget", rule=Rule.DESK),
    route("desk/find", find.find, name="desk-find", rule=Rule.DESK),
    route("desk/officers", officers.show, name="desk-officers", rule=Rule.APPOINTS),
    route("desk/officers/<slug:office>/appoint", officers.appoint, name="desk-appoint", rule=Rule.APPOINTS),
    route("desk/officers/<slug:number>/end", officers.end, name="desk-end", rule=Rule.APPOINTS),
    route("desk/officers/<slug:number>/invite", officers.invite, name="desk-invite", rule=Rule.APPOINTS),
    route("desk/whole", whole.show, name="desk-whole", rule=Rule.ANSWERS),
    route("desk/news", news.show, name="desk-news", rule=Rule.DESK),
    route("desk/rulebook", rulebook.show, name="desk-rulebook", rule=Rule.DESK),
]
