"""Rows for tests, of every floor. What a test is about is written in the test."""

from tests.agreements.factories import *  # noqa: F403
from tests.outreach.factories import *  # noqa: F403
from tests.partners.factories import *  # noqa: F403
from tests.pokmas.factories import *  # noqa: F403
from tests.reports.factories import *  # noqa: F403
