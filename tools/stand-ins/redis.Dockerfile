FROM localhost/shop-base:1
RUN sed -i 's/^redis:x:100:102:/redis:x:999:999:/' /etc/passwd && sed -i 's/^redis:x:102:/redis:x:999:/' /etc/group \
 && mkdir /data && chown redis:redis /data
COPY redis-entrypoint /usr/local/bin/docker-entrypoint.sh
VOLUME /data
WORKDIR /data
ENTRYPOINT ["docker-entrypoint.sh"]
EXPOSE 6379
CMD ["redis-server"]
