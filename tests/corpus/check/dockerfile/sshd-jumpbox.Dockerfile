FROM ubuntu:22.04
RUN apt-get update && apt-get upgrade -y && apt-get install -y openssh-server sudo vim
RUN mkdir /var/run/sshd && echo 'root:toor1234' | chpasswd
RUN useradd -m -s /bin/bash dev && echo "dev ALL=(ALL) NOPASSWD:ALL" >> /etc/sudoers
EXPOSE 22
CMD ["/usr/sbin/sshd", "-D"]
