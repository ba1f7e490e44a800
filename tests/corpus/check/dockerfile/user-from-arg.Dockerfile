ARG UID=1000
FROM debian:12-slim
ARG UID
ARG GID=1000
ARG NAME
USER ${UID}:${GID}
ENTRYPOINT ["/bin/sleep", "infinity"]
