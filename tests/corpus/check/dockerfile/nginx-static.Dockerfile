FROM nginx:1.27.0-alpine
RUN rm -rf /usr/share/nginx/html/*
COPY public/ /usr/share/nginx/html/
COPY nginx.conf /etc/nginx/nginx.conf
EXPOSE 80 443
HEALTHCHECK --interval=10s CMD curl -f http://localhost/ || exit 1
CMD ["nginx", "-g", "daemon off;"]
