"""A job: asked once, followed, stopped, tried again, and ended in plain words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.jobs import leases
from ongedeeld.web.jobs.actions import ask, cancel, forget, retry
from ongedeeld.web.jobs.kinds import kinds
from ongedeeld.web.jobs.messages import attempt, take_up
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.jobs.queries import asked
from ongedeeld.web.jobs.running import Cancelled, Overtaken, Run
from ongedeeld.web.jobs.sweeping import ask_daily, sweep
from tests.web.conftest import Hire
from tests.web.jobs.counting.work import STEPS

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=30)


def counted() -> Job:
    return ask("counting.count", {"name": "n"}, actor=None)


def claimed(job: Job) -> Run:
    """The job as a worker holds it."""
    held = Job.objects.get(pk=job.pk)
    assert leases.claim(held, LEASE)
    return Run(held, kinds()[held.kind])


def lapse(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def effects() -> int:
    return Entry.objects.filter(verb="counting.count").count()


def test_it_is_done_and_tells_how_it_ended() -> None:
    job = counted()
    take_up.call(key=str(job.key))
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (Job.State.DONE, {"steps": STEPS}, 1)
    assert effects() == STEPS
    assert job.saying is not None
    assert job.saying.en == f"Step {STEPS - 1}"


def test_a_message_carries_nothing_but_the_key() -> None:
    job = counted()
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {"key": str(job.key)}}


def test_asked_twice_with_the_same_words_it_is_one_job(hire: Hire) -> None:
    person = hire(Role.DATA_MANAGER)
    first = ask("counting.count", {"name": "n"}, actor=person, once="file-1")
    second = ask("counting.count", {"name": "n"}, actor=person, once="file-1")
    assert first == second
    assert DBTaskResult.objects.count() == 1
    assert Entry.objects.filter(verb="jobs.ask", actor=person.key).count() == 1


def test_a_message_that_comes_twice_does_nothing_the_second_time() -> None:
    job = counted()
    for _ in range(2):
        take_up.call(key=str(job.key))
    assert effects() == STEPS


def test_two_workers_cannot_hold_it_both() -> None:
    job = counted()
    one, other = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    assert leases.claim(one, LEASE)
    assert not leases.claim(other, LEASE)


def test_whoever_lost_it_applies_nothing() -> None:
    job = counted()
    slow = claimed(job)
    lapse(job)
    assert sweep() == 1
    quick = claimed(job)
    with pytest.raises(Overtaken), slow.applying("a"):
        pytest.fail("nothing may be applied")
    with pytest.raises(Overtaken):
        slow.tell(1, 2)
    with quick.applying("a") as new:
        assert new
    assert not leases.end(slow.job, Job.State.FAILED)
    assert leases.end(quick.job, Job.State.DONE)


def test_a_step_that_was_applied_is_not_applied_again() -> None:
    job = counted()
    first = claimed(job)
    with first.applying("a") as new:
        assert new
    lapse(job)
    sweep()
    again = claimed(job)
    assert again.applied("a")
    with again.applying("a") as new:
        assert not new


def test_a_step_that_failed_halfway_was_not_applied() -> None:
    run = claimed(counted())
    with pytest.raises(ZeroDivisionError), run.applying("a"):
        raise ZeroDivisionError
    assert not run.applied("a")


def test_a_lease_that_is_kept_alive_is_not_swept() -> None:
    job = counted()
    run = claimed(job)
    lapse(job)
    run.tell(1, 2)
    assert sweep() == 0


def test_a_lost_message_is_sent_again_and_a_waiting_one_is_not() -> None:
    job = counted()
    lapse(job)
    assert sweep() == 0
    DBTaskResult.objects.update(status="RUNNING")  # its worker was killed before it took the job up
    lapse(job)
    assert sweep() == 1
    assert DBTaskResult.objects.ready().count() == 1


def test_input_that_is_refused_is_told_in_both_languages_and_not_tried_again() -> None:
    job = ask("counting.refuse", actor=None)
    attempt(job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, 1)
    assert job.complaint is not None
    assert "x" in job.complaint.en
    assert job.complaint.nl != job.complaint.en


def test_a_defect_is_tried_again_so_often_and_no_more() -> None:
    job = ask("counting.break", actor=None)
    for expected in (Job.State.WAITING, Job.State.FAILED):
        job.refresh_from_db()
        attempt(job)
        job.refresh_from_db()
        assert job.state == expected
    assert job.complaint is not None
    assert "ZeroDivisionError" in job.complaint.en


def test_a_job_that_takes_its_worker_down_each_time_is_given_up() -> None:
    job = ask("counting.break", actor=None)
    for _ in range(2):
        claimed(job)
        lapse(job)
        sweep()
    attempt(Job.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.complaint is not None
    assert "2 times" in job.complaint.en


def test_a_kind_that_is_gone_fails_in_plain_words() -> None:
    job = counted()
    Job.objects.update(kind="counting.gone")
    attempt(Job.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_it_is_stopped_at_once_where_it_waits(hire: Hire) -> None:
    job = counted()
    assert cancel(job, actor=hire(Role.DATA_MANAGER))
    take_up.call(key=str(job.key))
    job.refresh_from_db()
    assert (job.state, effects()) == (Job.State.CANCELLED, 0)


def test_it_is_stopped_between_two_steps_where_it_runs(hire: Hire) -> None:
    job = counted()
    run = claimed(job)
    person = hire(Role.DATA_MANAGER)
    assert cancel(job, actor=person)
    assert not cancel(job, actor=person)
    with pytest.raises(Cancelled):
        run.tell(1, 4)
    assert Entry.objects.filter(verb="jobs.cancel", actor=person.key).count() == 1


def test_what_was_stopped_and_then_lost_its_worker_is_not_taken_up_again(hire: Hire) -> None:
    job = counted()
    claimed(job)
    cancel(job, actor=hire(Role.DATA_MANAGER))
    lapse(job)
    sweep()
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_what_ended_badly_can_be_tried_again_and_what_is_done_cannot(hire: Hire) -> None:
    person = hire(Role.DATA_MANAGER)
    job = counted()
    cancel(job, actor=person)
    assert retry(job, actor=person)
    attempt(Job.objects.get(pk=job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert not retry(job, actor=person)


def test_a_person_finds_what_they_asked_for(hire: Hire) -> None:
    alice, bob = hire(Role.DATA_MANAGER), hire(Role.DATA_MANAGER)
    mine = ask("counting.count", {"name": "n"}, actor=alice)
    ask("counting.count", {"name": "n"}, actor=bob)
    assert list(asked(alice.key)) == [mine]
    assert len(asked(None)) == 2


def test_the_work_of_the_day_is_asked_once_after_its_time() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    assert not ask_daily(datetime(2026, 3, 1, 0, 0, tzinfo=amsterdam))
    noon = datetime(2026, 3, 1, 12, 0, tzinfo=amsterdam)
    first = {job.pk for job in ask_daily(noon)}
    assert first
    assert {job.pk for job in ask_daily(noon + timedelta(hours=9))} == first
    assert not {job.pk for job in ask_daily(noon + timedelta(days=1))} & first


def test_jobs_that_ended_long_ago_are_forgotten() -> None:
    job = counted()
    attempt(job)
    assert forget(timedelta(days=1)) == 0
    assert forget(timedelta(days=-1)) > 0
    assert effects() == STEPS
