"""Figures for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from guanxi.bootstrap import Platform
from guanxi.db.failures import AnyFailure
from guanxi.jobs.store import health

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What one process counts, and what it asks the database when it is asked."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "guanxi_http_requests",
            "Requests by method, route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "guanxi_http_request_seconds",
            "Time to the end of the answer, by method and route.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._pool = Gauge(
            "guanxi_database_connections",
            "Connections of the pool by state.",
            ["state"],
            registry=self.registry,
        )
        self._waiting = Gauge(
            "guanxi_jobs_oldest_due_seconds",
            "How long the oldest due job of a lane has waited.",
            ["lane"],
            registry=self.registry,
        )
        self._dead = Gauge("guanxi_jobs_dead", "Jobs that were given up.", registry=self.registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        key = (method, route, status)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (
                self._requests.labels(method, route, status),
                self._seconds.labels(method, route),
            )
        known[0].inc()
        known[1].observe(seconds)

    async def text(self, platform: Platform) -> bytes:
        """All figures in Prometheus' text form; without the queue's while the database is away."""
        for state, number in platform.database.pool_state().items():
            self._pool.labels(state).set(number)
        try:
            async with platform.database.begin(platform.schema) as work:
                waiting, dead = await health(work)
        except AnyFailure:
            return generate_latest(self.registry)
        for lane, seconds in waiting.items():
            self._waiting.labels(lane.name.lower()).set(seconds)
        self._dead.set(dead)
        return generate_latest(self.registry)
