"""Workers: deadlines hold, workers come back, jobs get their own results, and the app's script isn't run again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lib import jobs
from lib.jobs import JobError, Status, Workers
from lib.jobs.worker import MEMORY
from lib.jobs.workers import MAX_WAITING, MAX_WAITING_OF_OWNER
from lib.message import Message
from tests import work

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0  # seconds for what takes one on a free machine


@pytest.fixture(scope="module")
def workers():
    pool = Workers(count=2, warm_up=work.warm)
    yield pool
    pool.close()


@pytest.fixture
def one():
    """A single worker, so that jobs wait."""
    pool = Workers(count=1)
    yield pool
    pool.close()


def run(workers, function, *args, limit=PATIENCE):
    job = workers.submit(function, *args, limit=limit)
    assert job.wait(PATIENCE + limit)
    return job


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def test_a_result_comes_back(workers):
    job = run(workers, work.add, 2, 3)
    assert (job.status, job.done, job.result()) == (Status.FINISHED, True, 5)


@pytest.mark.parametrize("function", [work.loop, work.loop_in_c, work.swallow])
def test_endless_work_ends_at_its_limit(workers, function):
    job = run(workers, function, limit=0.5)
    assert job.status is Status.TOO_LONG
    assert job.message == "No result within 0.5 s: stopped."
    with pytest.raises(JobError, match="No result within"):
        job.result()
    assert run(workers, work.add, 1, 1).result() == 2


def test_too_much_memory_is_refused_by_name(workers):
    job = run(workers, work.eat_memory)
    assert (job.status, job.message) == (Status.FAILED, "This needs too much memory: stopped.")
    assert run(workers, work.add, 1, 1).result() == 2


def test_a_worker_that_is_killed_at_work_is_reported_and_replaced(one, tmp_path):
    job = one.submit(work.mark, tmp_path, "pid", PATIENCE, limit=PATIENCE)
    assert until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    assert job.wait(PATIENCE)
    assert (job.status, job.message) == (Status.FAILED, "The computation broke off. Try again.")
    assert run(one, work.add, 1, 1).result() == 2


def test_a_worker_that_is_killed_while_idle_is_replaced_unnoticed(one):
    for _ in range(2):
        _, _, pid = run(one, work.settings).result()
        os.kill(pid, signal.SIGKILL)
        assert run(one, work.add, 1, 1).result() == 2


def test_a_warm_worker_takes_the_next_job_after_another_was_lost(workers, tmp_path):
    other = workers.submit(work.mark, tmp_path, "other", 0.5, limit=PATIENCE)
    assert until(lambda: (tmp_path / "other").exists() and (tmp_path / "other").read_text())
    lost = workers.submit(work.mark, tmp_path, "lost", PATIENCE, limit=PATIENCE)
    assert until(lambda: (tmp_path / "lost").exists() and (tmp_path / "lost").read_text())
    other.result()
    os.kill(int((tmp_path / "lost").read_text()), signal.SIGKILL)
    assert lost.wait(PATIENCE)
    assert run(workers, work.settings).result()[2] == int((tmp_path / "other").read_text())


def test_a_worker_that_leaves_is_reported(workers):
    assert run(workers, work.leave).status is Status.FAILED
    assert run(workers, work.add, 1, 1).result() == 2


def test_cancel_ends_a_running_job_and_its_worker(one, tmp_path):
    job = one.submit(work.mark, tmp_path, "pid", PATIENCE, limit=PATIENCE)
    assert until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    pid = int((tmp_path / "pid").read_text())
    job.cancel()
    assert (job.done, job.status) == (True, Status.CANCELLED)
    assert run(one, work.add, 1, 1).result() == 2
    assert until(lambda: not alive(pid))


def test_a_cancelled_job_that_soon_ends_keeps_its_worker(one, tmp_path):
    _, _, pid = run(one, work.settings).result()
    job = one.submit(work.mark, tmp_path, "late", 0.3, limit=2.0)
    assert until(lambda: (tmp_path / "late").exists())
    job.cancel()
    assert (job.done, job.status) == (True, Status.CANCELLED)
    assert run(one, work.settings).result()[2] == pid


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_cancelled_job_that_waits_never_starts(one, tmp_path):
    first = one.submit(work.mark, tmp_path, "first", 0.3, limit=PATIENCE)
    second = one.submit(work.mark, tmp_path, "second", 0, limit=PATIENCE)
    assert second.status is Status.WAITING
    second.cancel()
    assert second.status is Status.CANCELLED
    assert first.result() == "first"
    assert run(one, work.add, 1, 1).result() == 2
    assert not (tmp_path / "second").exists()


def test_cancelling_a_finished_job_changes_nothing(workers):
    job = run(workers, work.add, 2, 2)
    job.cancel()
    assert (job.status, job.result()) == (Status.FINISHED, 4)


def test_results_do_not_mix(workers):
    found = [workers.submit(work.add, k, 1000, limit=PATIENCE) for k in range(MAX_WAITING)]
    assert [job.result() for job in found] == [1000 + k for k in range(MAX_WAITING)]


def test_jobs_start_in_order(one, tmp_path):
    for name in "abc":
        one.submit(work.mark, tmp_path, name, 0, limit=PATIENCE)
    run(one, work.add, 1, 1)
    times = [(tmp_path / name).stat().st_mtime_ns for name in "abc"]
    assert times == sorted(times)


def test_who_comes_when_too_many_wait_is_told_so(one):
    running = one.submit(time.sleep, PATIENCE, limit=PATIENCE)
    waiting = [one.submit(work.add, k, 0, limit=PATIENCE) for k in range(MAX_WAITING)]
    late = one.submit(work.add, 1, 1, limit=PATIENCE)
    assert (late.status, late.done) == (Status.BUSY, True)
    assert isinstance(late.message, Message)
    running.cancel()
    assert [job.result() for job in waiting] == list(range(MAX_WAITING))


def test_one_owner_cannot_fill_the_queue(one):
    running = one.submit(time.sleep, PATIENCE, limit=PATIENCE, owner="a")
    mine = [one.submit(work.add, 1, 1, limit=PATIENCE, owner="a") for _ in range(MAX_WAITING_OF_OWNER + 1)]
    other = one.submit(work.add, 2, 2, limit=PATIENCE, owner="b")
    assert [job.status for job in mine] == [Status.WAITING] * MAX_WAITING_OF_OWNER + [Status.BUSY]
    running.cancel()
    assert other.result() == 4


def test_what_a_function_says_reaches_the_visitor(workers):
    job = run(workers, work.refuse)
    assert (job.status, job.message) == (Status.FAILED, "Choose a number above 3.")
    assert job.message.template == "Choose a number above {limit}."


@pytest.mark.parametrize("function", [work.break_down, work.time_out_itself, work.unpicklable])
def test_other_errors_stay_inside(workers, function):
    job = run(workers, function)
    assert (job.status, job.message) == (Status.FAILED, "The computation broke off. Try again.")


def test_workers_have_limits_and_are_warm(workers):
    memory, threads, pid = run(workers, work.settings).result()
    assert (memory, threads) == (MEMORY, "1")
    assert pid != os.getpid()
    assert "fractions" in run(workers, work.modules).result()


def test_a_worker_for_formulas_has_no_torch():
    """It would take three times the memory, and as long to come back."""
    from lib.readings.symbolic.derivative import formula, warm_up

    pool = Workers(count=1, warm_up=warm_up)
    from lib.expression import parse

    assert run(pool, formula, parse("sqrt(2) x^2")).result().text == "2*sqrt(2)*x"
    assert "torch" not in run(pool, work.modules).result()
    pool.close()


def test_closing_ends_every_job_and_process(tmp_path):
    pool = Workers(count=1)
    running = pool.submit(work.mark, tmp_path, "pid", PATIENCE, limit=PATIENCE)
    waiting = pool.submit(work.add, 1, 1, limit=PATIENCE)
    assert until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    pool.close()
    assert {running.status, waiting.status} == {Status.CANCELLED}
    assert until(lambda: not alive(int((tmp_path / "pid").read_text())))


def test_the_module_starts_its_workers_when_first_asked():
    try:
        assert jobs.submit(work.add, 1, 2, limit=PATIENCE).result() == 3
        jobs.shutdown()
        assert jobs.submit(work.add, 1, 2, limit=PATIENCE).result() == 3
    finally:
        jobs.shutdown()


def test_every_status_says_something():
    assert all(isinstance(status.value, Message) for status in Status)


# Under Streamlit

APP = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
with open({log!r}, "a") as log:
    log.write("run\\n")
from lib import jobs
from tests import work
import streamlit as st
st.write(jobs.submit(work.add, 40, 2, limit=30.0).result())
st.write(jobs.submit(work.main_module, limit=30.0).result())
"""

VISIT = """
import sys
sys.path.insert(0, {root!r})
from streamlit.testing.v1 import AppTest
app = AppTest.from_file({script!r}, default_timeout=60).run()
print([m.value for m in app.markdown], [e.value for e in app.exception])
"""


def test_a_worker_started_by_an_app_does_not_run_its_script(tmp_path):
    """Streamlit puts the script in __main__, which other contexts import again in each worker."""
    script, log = tmp_path / "app.py", tmp_path / "log"
    script.write_text(APP.format(root=str(ROOT), log=str(log)))
    visit = VISIT.format(root=str(ROOT), script=str(script))
    done = subprocess.run([sys.executable, "-c", visit], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert "'`42`'" in done.stdout, done.stdout + done.stderr
    assert str(script) not in done.stdout
    assert log.read_text() == "run\n"
