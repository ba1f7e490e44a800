FROM python:3.12.4-slim
WORKDIR /app
COPY tests/ ./tests/
COPY app/ ./app/
USER 1000
