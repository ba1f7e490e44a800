FROM golang:1.21-alpine AS builder
RUN apk add --no-cache ca-certificates git tzdata
RUN adduser -D -u 10001 app
WORKDIR /src
ADD . .
RUN go install golang.org/x/tools/cmd/stringer@latest && go generate ./... && CGO_ENABLED=0 go build -o /bin/shorten .

FROM scratch
COPY --from=builder /etc/passwd /etc/passwd
COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=builder /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=builder /bin/shorten /shorten
USER app
ENTRYPOINT ["/shorten"]
