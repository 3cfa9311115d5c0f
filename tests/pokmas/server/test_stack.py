"""The calls of a request stand in one piece of memory."""

import resource

from pokmas.server.stack import OnePieceMiddleware

CALLS = 1000
# More than a piece of 16 KB holds.
DEPTHS = range(300)


def below(depth, act):
    return act() if depth == 0 else below(depth - 1, act)


def nothing():
    pass


def fetched() -> int:
    """How often this thread was given memory."""
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt


def fetched_for_calls() -> int:
    before = fetched()
    for _call in range(CALLS):
        nothing()
    return fetched() - before


def at_each_depth(_request):
    return [below(depth, fetched_for_calls) for depth in DEPTHS]


def test_calls_at_any_depth_of_a_request_fetch_no_memory_each():
    answer = OnePieceMiddleware(at_each_depth)(None)

    assert [number for number in answer if number >= CALLS / 2] == []
