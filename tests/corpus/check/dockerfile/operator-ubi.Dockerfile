FROM registry.access.redhat.com/ubi9/go-toolset:1.21 AS builder
WORKDIR /workspace
COPY --chown=1001:0 . .
RUN go build -a -o manager cmd/main.go

FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4
LABEL name="cache-operator" \
      vendor="Example" \
      version="v0.3.1" \
      io.k8s.description="keeps caches warm"
RUN microdnf install -y tzdata && microdnf clean all
COPY --from=builder /workspace/manager /manager
COPY LICENSE /licenses/
USER 65532:65532
ENTRYPOINT ["/manager"]
