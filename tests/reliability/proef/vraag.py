"""``python -m tests.reliability.proef.vraag 0 40 6``: enqueue jobs 0 to 39 and six mails, as a web request would.

Prints how many seconds that took.
"""

import sys
import time

import django


def main(first: int, last: int, mails: int) -> None:
    django.setup()
    from django.db import connection, transaction

    from swv_portal.jobs.services.enqueue import enqueue, enqueue_group
    from swv_portal.jobs.services.mail import enqueue_mail

    connection.ensure_connection()
    start = time.perf_counter()
    with transaction.atomic():
        half = (first + last) // 2
        enqueue_group("proef", [{"n": n} for n in range(first, half)])
        for n in range(half, last):
            enqueue("proef", params={"n": n})
        for n in range(mails):
            enqueue_mail(
                sjabloon="jobs_klaar",
                onderwerp=f"Bekijk opdracht {first + n}",
                context={"titel": "Proef", "mislukt": 0, "url": "/"},
                aan_adres=f"lezer{first + n}@test.example",
            )
    sys.stdout.write(f"{time.perf_counter() - start:.3f}")


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:4]))
