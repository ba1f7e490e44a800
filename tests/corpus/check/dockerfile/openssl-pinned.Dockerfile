FROM ubuntu:22.04
RUN apt-get update && apt-get install -y --no-install-recommends openssl=3.0.2-0ubuntu1.5 libssl3=3.0.2-0ubuntu1.5 && rm -rf /var/lib/apt/lists/*
USER 1000
