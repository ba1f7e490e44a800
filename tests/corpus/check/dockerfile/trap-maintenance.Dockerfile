FROM ubuntu:24.04
RUN ps aux && free -m && top -b -n1 && service nginx start && mount -o bind /a /b
RUN echo "do not ssh; use sudo"; : sudo vim
RUN grep -r 'apt-get install' /docs || true
RUN killall5 && shutdown now
USER 1000
