FROM nginxinc/nginx-unprivileged:1.26
USER root
RUN apt-get update && apt-get install -y --no-install-recommends gettext-base && rm -rf /var/lib/apt/lists/*
USER nginx
COPY templates /etc/nginx/templates
