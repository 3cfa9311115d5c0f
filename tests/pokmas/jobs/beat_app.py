"""What a real beat of the tests runs: the portal's own timetable, in slow motion."""

from tests.pokmas.jobs.worker_app import app

__all__ = ["app"]

YEAR = 365 * 24 * 3600

# Whatever the hour and however slow the machine, no entry's next turn comes meanwhile.
app.conf.beat_schedule = {
    name: entry | {"schedule": YEAR} for name, entry in app.conf.beat_schedule.items()
}
