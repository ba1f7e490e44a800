FROM alpine:3.20
USER 1000
RUN <<EOF
echo never ends
