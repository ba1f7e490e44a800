FROM alpine:3.20
RUM apk add curl
USER 1000
