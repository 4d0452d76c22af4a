"""Addresses of the public pages; `urlpatterns` of the web takes them."""

from duly_server.web import accent
from duly_server.web.public import complain, help, home, receipt, rules, status_page
from duly_server.web.routes import Rule, route

urlpatterns = [
    route("", home.home, name="home", rule=Rule.ANYONE),
    route("complain/", complain.start, name="complain", rule=Rule.ANYONE),
    route("complain/later", complain.later, name="complain-later", rule=Rule.ANYONE),
    route("complain/go-on", complain.go_on, name="complain-go-on", rule=Rule.ANYONE),
    route("complain/forget", complain.forget, name="complain-forget", rule=Rule.ANYONE, notes=False),
    route("complain/forgotten", complain.forgotten, name="complain-forgotten", rule=Rule.ANYONE),
    route("complain/leave", complain.leave, name="complain-leave", rule=Rule.ANYONE),
    route("complain/check", complain.check, name="complain-check", rule=Rule.ANYONE),
    route("complain/send", complain.send, name="complain-send", rule=Rule.ANYONE),
    route("complain/receipt", receipt.receipt, name="complain-receipt", rule=Rule.ANYONE),
    route("complain/receipt/file", receipt.save, name="complain-receipt-file", rule=Rule.ANYONE),
    route("complain/receipt/promise", receipt.promise, name="complain-receipt-promise", rule=Rule.ANYONE),
    route("complain/done", receipt.done, name="complain-done", rule=Rule.ANYONE),
    route("complain/question/<slug:slug>", complain.question, name="complain-question", rule=Rule.ANYONE),
    route("status", status_page.look_up, name="status", rule=Rule.CODE, notes=False),
    route("look/accent.css", accent.sheet, name="accent", rule=Rule.ANYONE),
    route("rules", rules.rules, name="rules", rule=Rule.ANYONE),
    route("rules/procedure.svg", rules.drawn, name="rules-drawn", rule=Rule.ANYONE),
    route("help", help.index, name="help", rule=Rule.ANYONE),
    route("help/<slug:kind>/<slug:name>", help.page, name="help-page", rule=Rule.ANYONE),
]
