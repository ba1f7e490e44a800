FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.4.9 /uv /bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev
RUN pip install pipx && pipx install poetry
COPY app ./app
CMD ["uv", "run", "uvicorn", "app.main:api", "--host", "0.0.0.0"]
