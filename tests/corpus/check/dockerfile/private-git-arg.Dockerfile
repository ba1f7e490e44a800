FROM golang:1.22
ARG TOKEN
ENV GOPRIVATE=git.example.org GONOSUMDB=git.example.org
RUN git config --global url."https://oauth2:${TOKEN}@git.example.org".insteadOf "https://git.example.org"
RUN curl -u deploy:Tr0ub4dor-and-3 -O https://files.example.org/schema.tar.gz
WORKDIR /src
COPY go.* ./
RUN go mod download
USER 1000
