FROM golang:latest
WORKDIR /go/src/app
COPY . .
RUN go get -d -v ./...
RUN go install -v ./...
RUN go install github.com/golangci/golangci-lint/cmd/golangci-lint
EXPOSE 8080
CMD ["app"]
