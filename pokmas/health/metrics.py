"""What Prometheus asks for: requests as they were counted, parts as they are now."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily

from pokmas.health import services
from pokmas.health.watched import State
from pokmas.server import counting


def text() -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Portal())
    return generate_latest(registry)


class Portal:
    """A collector; each scrape asks anew."""

    def describe(self) -> list:
        return []

    def collect(self) -> Iterator:
        yield _requests()
        found = services.all_parts()
        states = GaugeMetricFamily(
            "pokmas_part_state", "0 well, 1 wants attention, 2 broken", labels=["part"]
        )
        for each in found:
            states.add_metric([each.name], list(State).index(each.state))
        yield states
        for each in found:
            for name, value in each.figures.items():
                yield GaugeMetricFamily(f"pokmas_{name}", each.name, value)


def _requests() -> HistogramMetricFamily:
    family = HistogramMetricFamily(
        "pokmas_request_seconds", "Requests of this host", labels=["status"]
    )
    for status, (counts, seconds) in counting.totals().items():
        buckets, so_far = [], 0.0
        for bound, count in zip([*counting.BOUNDS, "+Inf"], counts, strict=True):
            so_far += count
            buckets.append((str(bound), so_far))
        family.add_metric([status], buckets, seconds)
    return family
