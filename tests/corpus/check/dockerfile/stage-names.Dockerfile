FROM golang:1.22 AS Build
FROM golang:1.22 AS build
FROM alpine:3.20 AS scratch
FROM alpine:3.20 AS unused
COPY --from=unused /a /b
FROM alpine:3.20
COPY --from=builder /bin/x /bin/x
COPY --from=0 /go/bin/y /bin/y
COPY --from=BUILD /go/bin/z /bin/z
COPY --from=nginx:1.27 /etc/nginx/nginx.conf /etc/nginx/nginx.conf
COPY --from=9 /q /q
USER 1000
