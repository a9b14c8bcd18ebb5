"""docker-compose.yml, Dockerfile and .env.example fit together and fit the settings.  They are not run here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from swv_portal.local import paths
from swv_portal.local.servers import SILENT_POSTGRES

BASE = paths.BASE
OWN = {"migratie", "web", "worker", "beat"}


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((BASE / "docker-compose.yml").read_text())


def settings_variables(*names: str) -> set[str]:
    text = "".join((BASE / "swv_portal" / "settings" / f"{name}.py").read_text() for name in names)
    return set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z][A-Z0-9_]*)"', text))


def required_variables() -> set[str]:
    """Those that production reads without a default, outside the blocks of a feature that can be off."""
    text = (BASE / "swv_portal" / "settings" / "production.py").read_text()
    return set(re.findall(r'^[^\s#].*env\.\w+\("([A-Z0-9_]+)"\)', text, re.MULTILINE))


def test_it_is_a_compose_file():
    command = [str(Path(sys.executable).parent / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(BASE / "docker-compose.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_named_exists(compose):
    for name, service in compose["services"].items():
        assert set(service.get("depends_on", {})) <= set(compose["services"]), name
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (BASE / source).exists(), source
            else:
                assert source in compose["volumes"], source
        waits_for_health = [
            other for other, how in service.get("depends_on", {}).items() if how["condition"] == "service_healthy"
        ]
        for other in waits_for_health:
            assert "healthcheck" in compose["services"][other], f"{name} waits for {other}, which tells nothing"


def test_postgres_is_as_silent_as_that_of_the_tests(compose):
    """What stands in its log after an error was searched for names in tests/reliability."""
    assert compose["services"]["postgres"]["command"][-len(SILENT_POSTGRES) :] == list(SILENT_POSTGRES)


def test_every_long_running_service_has_a_health_check(compose):
    without = {name for name, service in compose["services"].items() if "healthcheck" not in service}
    assert without == {"migratie"}


def test_only_the_proxy_is_reachable_from_outside(compose):
    open_ports = {
        name: [port for port in service["ports"] if not port.startswith("127.0.0.1:")]
        for name, service in compose["services"].items()
        if "ports" in service
    }
    assert {name for name, ports in open_ports.items() if ports} == {"proxy"}


def test_mailpit_is_there_in_the_demo_only(compose):
    assert compose["services"]["mailpit"]["profiles"] == ["demo"]
    assert [name for name, service in compose["services"].items() if "profiles" in service] == ["mailpit"]


def test_the_portal_gets_variables_that_settings_read_and_all_it_must_have(compose):
    read = settings_variables("base", "production")
    assert {"SECRET_KEY", "DATABASE_URL"} <= required_variables()
    for name in OWN:
        service = compose["services"][name]
        given = {variable.removesuffix("_FILE") for variable in service["environment"]}
        assert given - read == {"DJANGO_SETTINGS_MODULE"}, name
        assert required_variables() <= given, name
        assert not {"DEMO", "DEBUG"} & given


def test_every_setting_of_production_can_be_given(compose):
    """Folders of the image are fixed, and two variables are read only to refuse them."""
    wanted = settings_variables("production") - {"STATIC_ROOT", "MEDIA_ROOT", "DEMO", "DEBUG"}
    for name in OWN:
        given = {variable.removesuffix("_FILE") for variable in compose["services"][name]["environment"]}
        assert wanted - given == set(), name


def test_secrets_come_from_files_that_are_mounted_and_made(compose):
    script = (BASE / "docker" / "maak_geheimen.sh").read_text()
    for name, secret in compose["secrets"].items():
        assert secret["file"] == f"./geheimen/{name}"
        assert f"schrijf {name} " in script
    for name in OWN:
        service = compose["services"][name]
        for variable, value in service["environment"].items():
            if variable.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"], variable
        assert not {"SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "EMAIL_URL"} & set(service["environment"])


def test_the_script_makes_secrets_that_the_settings_take(tmp_path):
    (tmp_path / "docker").mkdir()
    script = shutil.copy(BASE / "docker" / "maak_geheimen.sh", tmp_path / "docker")

    def run_it() -> dict[str, str]:
        subprocess.run(["sh", script], check=True, capture_output=True)
        return {file.name: file.read_text() for file in (tmp_path / "geheimen").iterdir()}

    made = run_it()
    assert run_it() == made, "the second time everything stays as it is"
    assert len(made["secret_key"]) == 80
    from cryptography.fernet import Fernet

    assert Fernet(made["encryption_keys"]).decrypt(Fernet(made["encryption_keys"]).encrypt(b"x")) == b"x"
    assert made["postgres_password"] in made["database_url"]


def test_the_variables_of_the_compose_file_stand_in_the_example(compose):
    used = set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", (BASE / "docker-compose.yml").read_text()))
    example = set(re.findall(r"^([A-Z0-9_]+)=", (BASE / ".env.example").read_text(), re.MULTILINE))
    assert used == example


def test_every_setting_of_production_stands_in_the_manual():
    manual = (BASE / "docs" / "productie.md").read_text()
    missing = {name for name in settings_variables("production") if f"`{name}`" not in manual}
    assert missing == set()


def test_the_commands_exist(compose):
    binaries = Path(sys.executable).parent
    for name in OWN:
        command = compose["services"][name]["command"]
        assert (binaries / command[0]).exists(), command[0]
        if command[1] == "manage.py":
            assert command[2] in get_commands()
    assert "swv_portal.wsgi:application" in compose["services"]["web"]["command"]
    assert "--app=swv_portal.celery" in compose["services"]["worker"]["command"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_programs_know_every_option(compose, name):
    command = compose["services"][name]["command"]
    program, sub = (
        str(Path(sys.executable).parent / command[0]),
        [word for word in command[1:] if word in {"worker", "beat"}],
    )
    manual = subprocess.run([program, *sub, "--help"], capture_output=True, text=True, check=True).stdout
    options = {word.split("=")[0] for word in command[1:] if word.startswith("--")} - {"--app"}
    assert {option for option in options if option not in manual} == set()


def test_the_image_runs_as_its_own_user_and_copies_what_exists():
    lines = (BASE / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] not in {"root", "0"}
    allowed = {line[1:] for line in (BASE / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (BASE / source).exists(), source
                assert source in allowed, f"{source} is kept out by .dockerignore"


def test_the_image_holds_every_app(settings):
    own = {path.name for path in BASE.iterdir() if (path / "__init__.py").exists()} - {"tests", "bench"}
    copied = set(re.findall(r"^COPY (\w+) \1$", (BASE / "Dockerfile").read_text(), re.MULTILINE))
    assert own <= copied


def test_no_secret_has_a_default():
    text = (BASE / "swv_portal" / "settings" / "production.py").read_text()
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "OIDC_CLIENT_SECRET", "S3_SECRET_KEY"):
        assert re.search(rf'env\.\w+\("{name}"\)', text), name
