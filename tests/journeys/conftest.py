import pytest
from django.db import connection

from tests.journeys.visitor import SIZES, Visitor
from tests.pokmas.jobs.processes import WORKER, environment, running


@pytest.fixture(params=SIZES)
def visit(request, browser, live_server, client, sign_in):
    contexts = []

    def _visit(user=None):
        visitor = Visitor(browser, live_server.url, SIZES[request.param])
        contexts.append(visitor.page.context)
        if user:
            visitor.signed_in(sign_in(user))
            client.cookies.clear()  # the next person gets a session of his own
        return visitor

    yield _visit
    for context in contexts:
        context.close()


@pytest.fixture
def worker(tmp_path, settings):
    """A Celery worker on the test's database, broker and files."""
    more = {"POKMAS_MEDIA_ROOT": settings.MEDIA_ROOT}
    env = environment(connection.settings_dict["NAME"], **more)
    with (
        (tmp_path / "worker.log").open("wb") as log,
        running(*WORKER, "--queues=default,pdf,notify", env=env, log=log),
    ):
        yield
