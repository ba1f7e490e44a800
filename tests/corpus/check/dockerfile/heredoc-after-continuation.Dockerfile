FROM alpine:3.20
ARG NAME=web
RUN --mount=type=cache,target=/var/cache/apk \
    # tools the script needs
    apk add curl \
    && sh <<\DONE
echo "apk add bash"
curl -k https://mirror.example.org/pkg -o /tmp/pkg
DONE
ENV GREETING="<<NOT_A_HEREDOC"
RUN cat <<< "here string" || true
RUN <<-ONE cat > /one && <<TWO cat > /two
	first body
	ONE
second body
TWO
USER 100
