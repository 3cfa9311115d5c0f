# The portal's image: web, worker, beat and migrate are the same code.

FROM python:3.11.14-slim-bookworm AS packages
RUN python -m venv /opt/venv
COPY requirements-production.lock .
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes \
        -r requirements-production.lock

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --create-home pokmas \
    && install --directory --owner=pokmas --mode=755 /data /data/static /srv/static \
    && install --directory --owner=pokmas --mode=700 /kept
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=pokmas.settings \
    POKMAS_DATA_DIR=/data \
    POKMAS_STATIC_ROOT=/srv/static
WORKDIR /srv/pokmas
COPY . .
RUN python -m pokmas.words.catalogues && python -m compileall -q .
USER pokmas
# Every host that runs this image has the files that its pages name.
RUN POKMAS_FIRST_LOOK=1 DATABASE_URL=postgres:// REDIS_URL=redis:// \
    POKMAS_SECRET_KEY=none POKMAS_DATA_KEYS=none \
    python manage.py collectstatic --no-input
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "pokmas.launch.serve", "0.0.0.0:8000"]
