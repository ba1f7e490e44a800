FROM registry.access.redhat.com/ubi9/nodejs-20:1-59
USER 0
RUN dnf -y install nmap-ncat && dnf -y clean all
COPY . .
USER root:root
CMD ["npm", "start"]
