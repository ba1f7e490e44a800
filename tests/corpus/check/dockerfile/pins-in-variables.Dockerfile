FROM ubuntu:22.04
ARG CURL_VERSION=7.81.0-1ubuntu1.16
ARG PKGS="curl=${CURL_VERSION} ca-certificates=20230311ubuntu0.22.04.1"
ENV TOOLS="jq vim-tiny"
RUN apt-get update && apt-get install -y --no-install-recommends $PKGS \
    && apt-get install -y --no-install-recommends ${TOOLS} "git=1:2.34.1-1ubuntu1.11" \
    && apt-get -y --no-install-recommends install ./local.deb tzdata/jammy-updates \
    && rm -rf /var/lib/apt/lists/*
USER 1000
