ARG REGISTRY=registry.example.org
ARG TAG=1.2.3
ARG BASE
FROM ${REGISTRY}:5000/base/python:${TAG:-latest} AS one
FROM $REGISTRY/base/go:${TAG}@sha256:0b3a9e5e1ee1d5b9b1b5f87c8bb2ad3a7f6fb3d17d8b1c9d3a7b36bb0e3df5a1 AS two
FROM ${BASE} AS three
FROM ${BASE:-alpine} AS four
FROM ${BSAE}
COPY --from=one /a /a
COPY --from=two /b /b
COPY --from=three /c /c
COPY --from=four /d /d
USER 2000
