FROM --platform=linux/amd64 debian:12-slim AS amd64-tools
FROM --platform=$TARGETPLATFORM debian:12-slim AS same
FROM --platform=linux/arm64 debian:12-slim
COPY --from=amd64-tools /bin/true /bin/t1
COPY --from=same /bin/true /bin/t2
USER 1000
