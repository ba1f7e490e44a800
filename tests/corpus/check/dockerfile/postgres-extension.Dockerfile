FROM postgres:16.3
ENV POSTGRES_PASSWORD=postgres
RUN set -eux; \
	apt-get update; \
	apt-get install -y --no-install-recommends postgresql-16-postgis-3; \
	rm -rf /var/lib/apt/lists/*
COPY init.sql /docker-entrypoint-initdb.d/
VOLUME /var/lib/postgresql/data
EXPOSE 5432
