# syntax=docker/dockerfile:1.10
FROM node:20.15-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev
RUN --mount=type=secret,id=sentry,env=SENTRY_AUTH_TOKEN npx --yes @sentry/cli@2.32.1 releases new v1
RUN --mount=type=ssh git clone git@git.example.org:team/private.git /tmp/private && rm -rf /tmp/private
USER node
CMD ["node", "."]
