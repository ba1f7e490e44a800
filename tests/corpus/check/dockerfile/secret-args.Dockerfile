FROM alpine:3.20 AS fetch
ARG NPM_TOKEN
ARG GITHUB_PAT=
ARG KEY_ALIAS=signing
ARG MFA_AUTH=enabled
ARG PUBLIC_KEY
ARG SSH_PRIVATE_KEY
ENV API_KEY_FILE=/run/secrets/api \
    TOKEN_VERSION=3 \
    PASSWORD_MIN_LENGTH=12 \
    KEYCLOAK_URL=https://sso.example.org \
    KEYBOARD=us \
    AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzEXAMPLE
RUN apk add --no-cache "libcrypto3=3.1.4-r5" libssl3=3.1.4-r5 git=2.45.2-r0
RUN git clone https://${GITHUB_PAT}@git.example.org/team/private.git /src
RUN mkdir -p ~/.ssh && echo "$SSH_PRIVATE_KEY" > ~/.ssh/id_ed25519 && chmod 600 ~/.ssh/id_ed25519
USER 1000
