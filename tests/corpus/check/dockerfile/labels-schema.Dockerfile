FROM scratch
ARG REVISION
LABEL org.opencontainers.image.source="not a url" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.version="" \
      org.opencontainers.image.created="yesterday" \
      org.opencontainers.image.licenses="MIT"
COPY $UNSET/app /app
USER 65532
ENTRYPOINT ["/app"]
