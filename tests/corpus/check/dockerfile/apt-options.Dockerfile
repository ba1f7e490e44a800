FROM debian:bookworm-20240612-slim
ENV DEBIAN_FRONTEND=noninteractive
RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/99norec
RUN apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -o APT::Install-Recommends=false -qq install less=590* && rm -r /var/lib/apt/lists/*
RUN apt-get update; apt-get install --assume-yes --no-install-recommends -t bookworm-backports golang; rm -fr /var/lib/apt/lists/*
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y --no-install-recommends gcc=4:12.2.0-3
RUN apt-get update && apt-get install -y --allow-unauthenticated --force-yes legacy-tool=1.0
RUN apt-key adv --keyserver hkp://keyserver.example.org --recv-keys 0xABCDEF01
USER 1000
