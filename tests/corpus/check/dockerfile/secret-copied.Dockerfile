FROM python:3.12-slim
WORKDIR /app
COPY .env .
COPY id_rsa /root/.ssh/id_rsa
COPY .netrc /root/
COPY certs/server.key certs/ca.pem /etc/ssl/app/
COPY .env.example ./defaults.env
COPY .npmrc.template public.pem ./
RUN pip install --no-cache-dir -r requirements.txt && rm /root/.ssh/id_rsa /root/.netrc
USER 1000
