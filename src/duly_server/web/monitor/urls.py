"""Addresses for a monitor."""

from duly_server.web.monitor import health, metrics
from duly_server.web.routes import Rule, route

urlpatterns = [
    route("health", health.alive, name="health", rule=Rule.ANYONE),
    route("health/web", health.web, name="health-web", rule=Rule.ANYONE),
    route("health/ready", health.ready, name="health-ready", rule=Rule.ANYONE),
    route("metrics", metrics.metrics, name="metrics", rule=Rule.MONITOR),
]
