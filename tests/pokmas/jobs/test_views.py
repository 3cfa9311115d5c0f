import pytest
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.jobs import services
from pokmas.jobs.models import Job
from pokmas.jobs.services import Handler
from tests.factories import UnitFactory, person

State = Job.State
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _known_kind(monkeypatch):
    monkeypatch.setitem(
        services.HANDLERS, "test", Handler(lambda claim: None, "default", "Laporan uji")
    )
    monkeypatch.setattr(services, "ring", lambda row, **options: True)


def job_of(user, **fields):
    return Job.objects.create(
        kind="test",
        key=str(Job.objects.count()),
        requested_by=user,
        assignment=user.acting,
        **fields,
    )


@pytest.mark.django_db
def test_the_page_of_a_job_says_how_far_it_is(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator, state=State.RUNNING, percent=40, step="Menggambar bagan")

    page = sign_in(operator).get(reverse("jobs:detail", args=[job.pk])).text

    assert "Laporan uji" in page
    assert "Dikerjakan" in page
    assert "40%" in page
    assert "Menggambar bagan" in page


@pytest.mark.django_db
def test_the_page_of_a_failed_job_says_why_and_offers_to_try_again(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator, state=State.FAILED, reason="Huruf tidak ditemukan.")

    page = sign_in(operator).get(reverse("jobs:detail", args=[job.pk])).text

    assert "Huruf tidak ditemukan." in page
    assert reverse("jobs:retry", args=[job.pk]) in page


@pytest.mark.django_db
def test_the_page_of_a_waiting_job_says_how_many_are_before_it(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    for _ in range(3):
        job = job_of(operator)

    page = sign_in(operator).get(reverse("jobs:detail", args=[job.pk])).text

    assert "2 pekerjaan lain didahulukan." in page


@pytest.mark.django_db
def test_a_colleague_sees_the_job_of_the_same_unit(sign_in):
    job = job_of(person(Role.UNIT_OPERATOR))
    head = person(Role.UNIT_HEAD, job.assignment.office)

    response = sign_in(head).get(reverse("jobs:detail", args=[job.pk]))

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["detail", "progress"])
def test_a_stranger_from_another_unit_finds_no_job(sign_in, name):
    job = job_of(person(Role.UNIT_OPERATOR))
    stranger = person(Role.UNIT_OPERATOR, UnitFactory())

    response = sign_in(stranger).get(reverse(f"jobs:{name}", args=[job.pk]))

    assert response.status_code == 404


@pytest.mark.django_db
def test_a_stranger_retries_nothing(sign_in):
    job = job_of(person(Role.UNIT_OPERATOR), state=State.FAILED)
    stranger = person(Role.UNIT_OPERATOR, UnitFactory())

    response = sign_in(stranger).post(reverse("jobs:retry", args=[job.pk]))

    job.refresh_from_db()
    assert (response.status_code, job.state) == (404, State.FAILED)


@pytest.mark.django_db
def test_the_piece_asks_again_while_the_work_goes_on(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator, state=State.RUNNING)
    url = reverse("jobs:progress", args=[job.pk])

    response = sign_in(operator).get(url, **HTMX)

    assert f'hx-get="{url}"' in response.text
    assert 'hx-trigger="every 2s"' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DONE, State.FAILED])
def test_once_the_work_is_over_the_whole_page_is_shown_anew(sign_in, state):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator, state=state)

    response = sign_in(operator).get(reverse("jobs:progress", args=[job.pk]), **HTMX)

    assert response["HX-Refresh"] == "true"


@pytest.mark.django_db
def test_without_a_script_the_piece_leads_to_the_page(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator)

    response = sign_in(operator).get(reverse("jobs:progress", args=[job.pk]))

    assert response.url == job.get_absolute_url()


@pytest.mark.django_db
def test_trying_again_leads_back_to_where_the_result_will_be(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator, state=State.FAILED, url="/reports/7/")

    response = sign_in(operator).post(reverse("jobs:retry", args=[job.pk]))

    job.refresh_from_db()
    assert (response.url, job.state) == ("/reports/7/", State.QUEUED)


@pytest.mark.django_db
def test_trying_again_what_did_not_fail_is_refused_in_words(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    job = job_of(operator, state=State.DONE)

    response = sign_in(operator).post(reverse("jobs:retry", args=[job.pk]), follow=True)

    assert "Pekerjaan ini tidak sedang gagal." in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, rows
):
    headquarters = person(Role.HEADQUARTERS)
    for _ in range(rows):
        job_of(headquarters)
    client = sign_in(headquarters)
    client.get(reverse("jobs:index"))

    with django_assert_num_queries(5):
        response = client.get(reverse("jobs:index"))

    assert len(response.context["page"]) == rows


@pytest.mark.django_db
def test_the_list_can_be_narrowed_to_what_failed(sign_in):
    headquarters = person(Role.HEADQUARTERS)
    failed = job_of(headquarters, state=State.FAILED)
    job_of(headquarters, state=State.DONE)

    response = sign_in(headquarters).get(reverse("jobs:index"), {"state": "failed"})

    assert list(response.context["page"]) == [failed]


@pytest.mark.django_db
def test_the_list_is_for_those_who_watch_the_system(sign_in):
    response = sign_in(person(Role.UNIT_HEAD)).get(reverse("jobs:index"))

    assert response.status_code == 403
