"""Everything that can be killed is killed in the middle of a batch: nothing is lost, nothing happens twice."""

import signal
import time
from collections import Counter
from email import message_from_bytes

from tests.conftest import wait_until
from tests.reliability.machine import Machine, machine

JOBS = 60
MAILS = 8


def _sent(own: Machine) -> Counter[str]:
    found: Counter[str] = Counter()
    for file in own.mails.iterdir():
        for part in file.read_bytes().split(b"-" * 79 + b"\n"):
            if part.strip():
                found[str(message_from_bytes(part)["To"])] += 1
    return found


def test_nothing_is_lost_and_nothing_happens_twice() -> None:
    with machine() as own:
        own.start_worker("a")
        own.start_worker("b")
        own.start_beat()
        own.ask(0, JOBS // 2, MAILS // 2)
        own.wait_for_ready("a", "b")
        wait_until(lambda: b" succeeded" in (own.folder / "b.log").read_bytes(), 20, "the first work of b")

        in_its_hands = own.freeze("b")  # it does not know what time it is when it goes on
        own.kill("a")  # in the middle of two other jobs
        own.start_worker("a")
        own.flush_redis()  # every bell is gone

        own.kill("redis")
        seconds = own.ask(JOBS // 2, JOBS, MAILS // 2)
        assert seconds < 5, "a person waits for Redis"  # half a second at most; a busy machine gets more
        own.start_redis()

        done = "SELECT id FROM jobs_job WHERE staat = 'klaar'"
        wait_until(lambda: in_its_hands <= set(own.query(done)), 40, "taking over what is frozen")
        own.signal("b", signal.SIGCONT)
        time.sleep(1.5)

        own.kill("postgres", signal.SIGQUIT)  # a crash: it restarts by recovery
        own.start_postgres()
        own.kill("b")
        own.wait_until_done(JOBS + MAILS)
        check(own)


def check(own: Machine) -> None:
    assert own.effects() == Counter(range(JOBS))
    sent = _sent(own)
    assert all(times == 1 for times in sent.values()), sent
    uncertain = own.query("SELECT count(*) FROM jobs_job WHERE soort = 'mail' AND staat = 'dood'")[0][0]
    assert len(sent) >= MAILS - uncertain
    assert own.query("SELECT fout FROM jobs_job WHERE staat = 'dood' AND soort <> 'mail'") == []
    left = "SELECT count(*) FROM jobs_job WHERE staat = 'klaar' AND (geheim IS NOT NULL OR lease_tot IS NOT NULL)"
    assert own.query(left) == [(0,)]
    taken_over = own.query("SELECT count(*) FROM jobs_job WHERE soort = 'proef' AND fence > 1 AND params->>'n' !~ '0$'")
    assert taken_over[0][0] >= 2, "nothing was in anybody's hands when it was killed"
