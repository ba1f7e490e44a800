FROM alpine:3.17.0
RUN apk add --no-cache openssl=3.0.5-r3 libcrypto3=3.1.4-r5 ca-certificates=20230506-r0
USER 1000
