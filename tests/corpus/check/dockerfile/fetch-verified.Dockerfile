FROM debian:12.6-slim
ARG VER=1.4.2
ARG SHA=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
RUN curl -fsSLo /usr/local/bin/tool "https://example.org/tool-${VER}" \
    && echo "${SHA}  /usr/local/bin/tool" | sha256sum --check --status \
    && chmod 0755 /usr/local/bin/tool
RUN curl -fsSL https://example.org/key.gpg | gpg --dearmor -o /usr/share/keyrings/example.gpg
RUN curl -fsSL https://example.org/pkg.tar.gz -o p.tgz && curl -fsSL https://example.org/pkg.tar.gz.asc -o p.asc && gpg --verify p.asc p.tgz
RUN curl -fsS http://localhost:8080/health || true
USER 1000
