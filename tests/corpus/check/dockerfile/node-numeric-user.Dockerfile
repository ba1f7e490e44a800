FROM node:22-alpine3.20
WORKDIR /srv
COPY --chown=1000:1000 dist/ ./
USER 1000:1000
HEALTHCHECK CMD wget -qO- http://localhost:3000/health || exit 1
CMD ["node", "index.mjs"]
