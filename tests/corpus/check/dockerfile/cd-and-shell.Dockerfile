FROM debian:12-slim
RUN cd /tmp
RUN cd /opt && wget -q https://example.org/a.tar.gz && echo "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  a.tar.gz" | sha256sum -c - && tar xzf a.tar.gz
RUN (cd /srv && make install)
RUN ln -sf /bin/bash /bin/sh
RUN set -o pipefail && curl -sSf https://example.org/list | sort > /etc/list
RUN ["/bin/bash", "-c", "set -o pipefail; curl -s https://example.org/x | tee /x"]
USER 1000
