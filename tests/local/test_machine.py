import subprocess
import sys

import pytest

from swv_portal.local import machine, paths
from swv_portal.local.machine import Need

ABSENT = Need("Iets (voor de proef)", "iets-dat-niet-bestaat", lambda: False)


def test_this_machine_has_what_the_tests_need():
    script = paths.BASE / "swv_portal" / "local" / "machine.py"
    done = subprocess.run([sys.executable, str(script), "test"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(("uid", "sudo"), [(1000, "sudo apt-get"), (0, "  apt-get")])
def test_what_is_missing_is_named_with_the_command(monkeypatch, capsys, uid, sudo):
    monkeypatch.setattr(machine, "DEMO", [ABSENT])
    monkeypatch.setattr(machine.os, "geteuid", lambda: uid)
    monkeypatch.setattr(machine.shutil, "which", lambda _: None)
    assert machine.main("demo") == 2
    said = capsys.readouterr().out
    assert "Iets (voor de proef)" in said
    assert f"{sudo} install -y --no-install-recommends iets-dat-niet-bestaat" in said


def test_as_root_on_debian_it_is_installed(monkeypatch, capsys):
    there = []
    monkeypatch.setattr(machine, "DEMO", [Need("Iets", "iets", lambda: bool(there))])
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(machine, "_install", lambda packages: there.extend(packages) or True)
    assert machine.main("demo") == 0
    assert there == ["iets"]
    assert "wordt nu geïnstalleerd: iets" in capsys.readouterr().out


def test_a_failed_installation_is_not_taken_for_a_good_one(monkeypatch, capsys):
    monkeypatch.setattr(machine, "DEMO", [ABSENT])
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(machine, "_install", lambda _: False)
    assert machine.main("demo") == 2
    assert "niet gelukt" in capsys.readouterr().out


def test_the_image_installs_the_libraries_that_a_local_run_needs():
    dockerfile = (paths.BASE / "Dockerfile").read_text()
    for need in machine.DEMO:
        if need.package.startswith("lib"):
            assert need.package in dockerfile
