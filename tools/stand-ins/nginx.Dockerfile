FROM localhost/shop-base:1
RUN sed -i '/^postgres:\|^redis:/d' /etc/passwd && sed -i '/^ssl-cert:\|^postgres:\|^redis:/d' /etc/group \
 && echo 'nginx:x:101:101:nginx user:/nonexistent:/bin/false' >>/etc/passwd && echo 'nginx:x:101:' >>/etc/group \
 && mkdir -p /etc/nginx/conf.d /var/cache/nginx /usr/share/nginx/html \
 && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log
COPY nginx.conf /etc/nginx/nginx.conf
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
