FROM ghcr.io/actions/actions-runner:2.317.0
USER root
RUN apt-get update && apt-get install -y jq docker-ce-cli && rm -rf /var/lib/apt/lists/*
RUN curl -fsSL https://get.docker.com | sh
RUN usermod -aG docker runner && sudo -u runner id
USER runner
