FROM debian:12-slim
RUN apt-get update \
  # comment inside

  && apt-get install -y \
     --no-install-recommends \
     # another one
     nano \
  && rm -rf /var/lib/apt/lists/* # trailing comment \
# not part of it \
ENV A=1 \
    B="two words" \
    C='single \
quoted'
CMD ["/bin/sh", \
     "-c", "sleep 1"]
