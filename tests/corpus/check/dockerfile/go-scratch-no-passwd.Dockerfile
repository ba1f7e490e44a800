FROM golang:1.22 AS builder
WORKDIR /src
COPY main.go go.mod ./
RUN CGO_ENABLED=0 go build -o /bin/tool .

FROM scratch
COPY --from=builder /bin/tool /tool
USER nobody
CMD ["/tool"]
