FROM rust:1.79-slim
RUN cargo install cargo-audit
RUN cargo install --locked --version 0.14.24 cargo-deny
RUN curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y
WORKDIR /work
CMD ["cargo", "audit"]
