"""So many requests in so much time, per person or, of strangers, per address."""

from allauth.core.internal.ratelimit import get_ip

from pokmas.records import tries


def wait_for(request, what: str, *, times: int, seconds: int) -> float:
    """Count this request. Returns 0, or in how many seconds the next one is free."""
    who = request.user.pk if request.user.is_authenticated else get_ip(request)
    return tries.take(f"{what}:{who}", times=times, seconds=seconds)
