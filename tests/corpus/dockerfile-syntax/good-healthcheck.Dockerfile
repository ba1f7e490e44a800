FROM scratch
HEALTHCHECK --interval=30s --timeout=1m --retries=3 CMD true
