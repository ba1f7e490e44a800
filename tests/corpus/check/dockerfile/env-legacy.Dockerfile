FROM debian:12-slim
ENV JAVA_OPTS -Xmx512m -Dkey=value
ENV PATH /opt/bin:$PATH
LABEL maintainer ops@example.org
LABEL com.example.Vendor="ACME" "com.example.release-date"="2024-07-01" description="multi \
line"
ENV X=$X:1 Y=${Y:-2}
ENV Z=a Q=${Z}b
USER 1000
