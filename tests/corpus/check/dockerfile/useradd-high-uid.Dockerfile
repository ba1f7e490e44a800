FROM ubuntu:24.04
RUN useradd -u 1234567890 -m svc && useradd -l -u 1234567891 svc2 && groupadd -g 5000000 grp
RUN useradd --uid 10001 ok && echo "svc:" | chpasswd -e && passwd -d ok
USER svc
