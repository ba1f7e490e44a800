FROM localhost/shop-base:1
RUN sed -i 's/^postgres:x:101:103:/postgres:x:999:999:/' /etc/passwd && sed -i 's/^postgres:x:103:/postgres:x:999:/' /etc/group \
 && rm -rf /var/lib/postgresql /var/run/postgresql /etc/postgresql \
 && mkdir -p /var/lib/postgresql/data /var/run/postgresql && chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql \
 && chmod 3777 /var/run/postgresql && chmod 1777 /var/lib/postgresql/data
COPY postgres-entrypoint /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
EXPOSE 5432
CMD ["postgres"]
