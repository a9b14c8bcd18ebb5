# The commands of the portal.  `make demo` and `make test` are all that a new machine needs: Python 3.11, npm and make.
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-build --compile-bytecode
CODE := swv_portal kernen ondersteuning financien evaluatie bench tests manage.py
# Versions with hashes for every platform, without the address of a registry.
COMPILE := --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(if $(UPGRADE),--upgrade)
# How many processes run the tests: as many as there are processors, at most four.
WORKERS ?= $(shell n=$$(nproc); [ $$n -gt 4 ] && n=4; echo $$n)
ARGS ?=

.PHONY: help demo test check bench requirements machine machine-test
help:
	@echo "make demo          start het portaal met voorbeelddata (RESET=1: opnieuw beginnen; PORTAL_BIND=127.0.0.1:8001: ander adres)"
	@echo "make test          alle tests (ARGS='tests/kernen -x': een deel)"
	@echo "make check         stijl, typen, lagen, sjablonen, migraties en instellingen"
	@echo "make bench         snelheidsmetingen"
	@echo "make requirements  de vastgezette versies opnieuw bepalen"

# Production settings with secrets that are none, to look them over.
DUMMY := DJANGO_SETTINGS_MODULE=swv_portal.settings.production SITE_URL=https://portaal.swv.example \
	ALLOWED_HOSTS=portaal.swv.example DATABASE_URL=postgresql://portal@/portal REDIS_URL=redis://redis:6379/0 \
	EMAIL_URL=dummymail:// DEFAULT_FROM_EMAIL=portaal@swv.example \
	SECRET_KEY=niet-geheim-alleen-voor-de-controle-van-de-instellingen-0123456789 \
	ENCRYPTION_KEYS=bmlldCBnZWhlaW0sIGFsbGVlbiBjb250cm9sZSAhISE=

# ---- what the machine must have -------------------------------------------------------------------------------------
machine:
	@command -v "$(PYTHON)" >/dev/null || { echo "Python 3.11 ontbreekt: apt-get install -y python3 python3-venv"; exit 2; }
	@$(PYTHON) swv_portal/local/machine.py demo
machine-test: machine
	@$(PYTHON) swv_portal/local/machine.py test

# ---- installing: each step again only when its list changed ---------------------------------------------------------
.venv/.uv: requirements-uv.txt | machine
	@echo "Python-omgeving maken"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-uv.txt
	@touch $@
.venv/.run: requirements.txt .venv/.uv
	@echo "Python-pakketten installeren"
	@$(UV) -r requirements.txt
	@touch $@
.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Python-pakketten voor de tests installeren"
	@$(UV) -r requirements-dev.txt
	@touch $@
node_modules/.installed: package-lock.json package.json .npmrc | machine
	@echo "Pakketten voor de schermen installeren"
	@npm ci --silent --no-fund --no-audit
	@touch $@
static/vendor/.built: node_modules/.installed $(wildcard static/build/* static/css/*)
	@npm run build --silent
	@touch $@

# ---- the two commands -----------------------------------------------------------------------------------------------
demo: machine .venv/.run static/vendor/.built
	@exec $(BIN)/python -m swv_portal.local.up $(if $(RESET),--reset)
test: machine-test .venv/.dev static/vendor/.built
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q $(ARGS)

# ---- for who changes something --------------------------------------------------------------------------------------
CHECKS := check-style check-types check-layers check-templates check-migrations check-deploy
.PHONY: $(CHECKS)
# `make -k check` goes on after a check that fails.
check: $(CHECKS)
$(CHECKS): | machine .venv/.dev static/vendor/.built
check-style:
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
check-types:
	$(BIN)/mypy swv_portal kernen ondersteuning financien evaluatie manage.py
check-layers:
	$(BIN)/lint-imports
# Linting only: djlint's own layout adds white space, and some of ours shows (`white-space: pre-line`).
check-templates:
	$(BIN)/djlint --quiet --lint templates swv_portal
check-migrations:
	DJANGO_SETTINGS_MODULE=swv_portal.settings.test $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
check-deploy:
	@echo "manage.py check --deploy"
	@$(DUMMY) $(BIN)/python manage.py check --deploy --fail-level WARNING
bench: machine .venv/.dev static/vendor/.built
	@exec $(BIN)/python -m bench $(ARGS)
requirements: .venv/.uv
	$(BIN)/uv pip compile --quiet $(COMPILE) requirements-uv.in -o requirements-uv.txt
	$(BIN)/uv pip compile --quiet $(COMPILE) requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet $(COMPILE) requirements-dev.in -c requirements.txt -o requirements-dev.txt
