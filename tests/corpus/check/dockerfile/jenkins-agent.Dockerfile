FROM jenkins/inbound-agent:3256.v88a_f6e922152-1-jdk17
USER root
RUN apt-get update \
  && apt-get install --no-install-recommends -y python3-venv \
  && apt-get clean
RUN wget https://releases.example.org/terraform_1.9.0_linux_amd64.zip \
  && unzip terraform_1.9.0_linux_amd64.zip -d /usr/local/bin && rm terraform_1.9.0_linux_amd64.zip
USER jenkins
