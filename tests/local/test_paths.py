import os
import stat
import urllib.parse

import environ
import kombu
import psycopg.conninfo
import pytest
import redis

from swv_portal.local import paths


def test_the_run_folder_is_private_and_beside_the_data(tmp_path):
    run = paths.run_dir(tmp_path)
    assert run == tmp_path / "run"
    assert stat.S_IMODE(run.stat().st_mode) == 0o700


def test_a_long_path_gets_a_short_run_folder_that_stays_the_same(tmp_path):
    deep = tmp_path / ("x" * 120)
    run = paths.run_dir(deep)
    assert len(os.fsencode(run / ".s.PGSQL.5432.lock")) <= paths.SOCKET_LIMIT
    assert run == paths.run_dir(deep) != paths.run_dir(tmp_path / ("y" * 120))
    run.rmdir()
    paths.run_dir(tmp_path / ("y" * 120)).rmdir()


def test_somebody_elses_run_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError, match="not yours"):
        paths.run_dir(tmp_path)


def test_psycopg_and_the_settings_read_the_database_url_alike(tmp_path):
    run = tmp_path / "een map met spatie & é"
    url = paths.database_url(run)
    assert psycopg.conninfo.conninfo_to_dict(url) == {"user": "portal", "dbname": "portal", "host": str(run)}
    config = environ.Env.db_url_config(url)
    assert (config["USER"], config["NAME"], config["OPTIONS"]["host"]) == ("portal", "portal", str(run))


def test_redis_and_celery_read_the_redis_url_alike():
    url = os.environ["REDIS_URL"]
    number = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["db"][0]
    client = redis.Redis.from_url(url)
    assert client.ping()
    client.close()
    with kombu.Connection(paths.broker_url(url)) as connection:
        pool = connection.default_channel.client.connection_pool
        assert str(pool.connection_kwargs["db"]) == number
        assert pool.connection_kwargs["path"] == urllib.parse.urlsplit(url).path


def test_another_redis_is_left_as_it_is():
    assert paths.broker_url("redis://redis:6379/0") == "redis://redis:6379/0"


def test_the_secret_of_a_machine_is_made_once(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "VAR", tmp_path / "var")
    secret = paths.machine_secret()
    assert len(secret) == 32
    assert paths.machine_secret() == secret
    assert stat.S_IMODE((tmp_path / "var" / "geheim").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["geheim"]
