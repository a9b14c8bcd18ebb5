import os

import psycopg
import redis


def test_the_servers_of_this_run_answer():
    with psycopg.connect(os.environ["DATABASE_URL"].replace("/portal?", "/postgres?")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
