FROM scratch
HEALTHCHECK cmd true
