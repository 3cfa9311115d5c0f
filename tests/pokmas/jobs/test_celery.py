from inspect import signature

from celery.schedules import crontab

from pokmas.celery import PatientTask, app
from pokmas.jobs import services
from pokmas.server.outage import DATABASE_LOST


def our_tasks():
    app.loader.import_default_modules()
    return {
        name: task for name, task in app.tasks.items() if not name.startswith("celery.")
    }


def test_every_task_outlives_a_database_restart():
    for name, task in our_tasks().items():
        assert isinstance(task, PatientTask), name
        assert task.autoretry_for == DATABASE_LOST, name
        assert (task.max_retries, task.retry_backoff_max) == (None, 30), name


def test_no_task_keeps_a_result_or_is_acknowledged_before_it_is_done():
    assert [
        name
        for name, task in our_tasks().items()
        if not (task.ignore_result and task.acks_late and task.reject_on_worker_lost)
    ] == []


def test_a_task_ends_well_before_the_broker_gives_it_to_another_worker():
    visible = app.conf.broker_transport_options["visibility_timeout"]

    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < visible / 2


def test_everything_on_the_timetable_exists():
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled - set(our_tasks()) == set()


def test_what_no_worker_took_in_time_is_not_piled_up():
    for name, entry in app.conf.beat_schedule.items():
        longest = 86400 if isinstance(entry["schedule"], crontab) else entry["schedule"]
        assert 0 < entry["options"]["expires"] <= longest, name


def test_every_handler_has_a_queue_that_workers_serve():
    our_tasks()
    served = {queue.name for queue in app.conf.task_queues}

    assert {handler.queue for handler in services.HANDLERS.values()} <= served


def test_every_kind_of_job_has_words_for_people():
    our_tasks()

    assert [kind for kind in services.HANDLERS if services.label_of(kind) == kind] == []


def test_no_task_is_told_more_than_numbers():
    """So that no queue and no log of a worker holds what is somebody's own."""
    told = {
        f"{name}({argument})"
        for name, task in our_tasks().items()
        for argument in signature(task.run).parameters.values()
        if argument.annotation is not int
    }

    assert told == set()
