FROM python:3.11-slim-bookworm
ARG POETRY_VERSION=1.8.3
ENV POETRY_HOME=/opt/poetry \
    PYTHONUNBUFFERED=1
RUN --mount=type=cache,target=/root/.cache/pip pip install "poetry==${POETRY_VERSION}"
WORKDIR /svc
COPY pyproject.toml poetry.lock /svc/
RUN poetry config virtualenvs.create false && poetry install --only main --no-interaction
COPY svc /svc/svc
RUN useradd --create-home svc
USER svc
CMD ["python", "-m", "svc"]
