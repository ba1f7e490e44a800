FROM python:3.12.4-slim-bookworm AS wheels
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential=12.9 libpq-dev=15.* \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /wheels
COPY requirements.txt .
RUN pip wheel -r requirements.txt

FROM python:3.12.4-slim-bookworm
LABEL org.opencontainers.image.source="https://git.example.org/team/orders"
RUN groupadd -g 10001 app && useradd -r -u 10001 -g app -d /app app
COPY --from=wheels /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links=/wheels -r /wheels/requirements.txt
WORKDIR /app
COPY --chown=app:app src/ ./src/
USER 10001:10001
EXPOSE 8000
HEALTHCHECK CMD ["python", "-m", "src.health"]
ENTRYPOINT ["gunicorn", "-b", "0.0.0.0:8000", "src.wsgi"]
