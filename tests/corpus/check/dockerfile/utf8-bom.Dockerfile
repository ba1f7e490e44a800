# syntax=docker/dockerfile:1
FROM alpine:3.20
ADD ./etc /etc
USER 1000