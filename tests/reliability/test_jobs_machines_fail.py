"""Everything that can be killed is killed in the middle of a batch: nothing is lost, nothing happens twice."""

import signal
import time
from collections import Counter
from email import message_from_bytes

from tests.reliability.machine import Machine, machine

JOBS = 80
MAILS = 12


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
        own.ask(0, 40, MAILS // 2)
        own.wait_for_ready("a", "b")
        time.sleep(1)
        assert own.effects(), own.logs()

        own.kill("a")  # in the middle of two jobs
        own.start_worker("a")
        own.flush_redis()  # every bell is gone

        own.kill("redis")
        seconds = own.ask(40, JOBS, MAILS // 2)
        assert seconds < 1, "a person waits for Redis"
        own.start_redis()

        time.sleep(0.7)
        own.kill("postgres", signal.SIGQUIT)  # a crash: it restarts by recovery
        own.start_postgres()

        own.kill("b")
        own.start_worker("b")
        own.wait_until_done(JOBS + MAILS)

        assert own.effects() == Counter(range(JOBS))
        sent = _sent(own)
        assert all(times == 1 for times in sent.values()), sent
        uncertain = own.query("SELECT count(*) FROM jobs_job WHERE soort = 'mail' AND staat = 'dood'")[0][0]
        assert len(sent) >= MAILS - uncertain
        dead = own.query("SELECT soort, fout FROM jobs_job WHERE staat = 'dood' AND soort <> 'mail'")
        assert dead == []
        left = own.query("SELECT count(*) FROM jobs_job WHERE staat = 'klaar' AND (geheim IS NOT NULL OR lease_tot IS NOT NULL)")
        assert left == [(0,)]
