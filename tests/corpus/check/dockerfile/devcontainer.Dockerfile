FROM mcr.microsoft.com/devcontainers/base:bookworm
ARG USERNAME=vscode
RUN sudo apt-get update && export DEBIAN_FRONTEND=noninteractive \
    && sudo apt-get -y install --no-install-recommends clang gdb \
    && sudo rm -rf /var/lib/apt/lists/*
RUN su vscode -c "umask 0002 && npm install -g eslint"
USER ${USERNAME}
