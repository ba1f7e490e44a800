FROM localhost/shop-base:1
COPY socket-proxy /usr/local/bin/socket-proxy
EXPOSE 2375
CMD ["socket-proxy"]
