FROM ubuntu:24.04
SHELL ["/bin/bash", "-c"]
RUN <<SETUP
set -euo pipefail
apt-get update
apt-get install --yes --no-install-recommends git openssh-client
rm -rf /var/lib/apt/lists/*
SETUP
COPY <<-'CONF' /etc/app/app.conf
	listen = ${NOT_EXPANDED}
	user = app
CONF
# a comment right after the terminator
USER 1001
CMD ["/usr/bin/git", "daemon"]
