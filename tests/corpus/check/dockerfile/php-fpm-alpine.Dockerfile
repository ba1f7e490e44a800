FROM php:8.2.20-fpm-alpine3.20
ADD https://github.com/mlocati/docker-php-extension-installer/releases/download/2.2.18/install-php-extensions /usr/local/bin/
RUN chmod +x /usr/local/bin/install-php-extensions && install-php-extensions gd xdebug-3.3.2 redis
RUN apk add --no-cache --virtual .build-deps $PHPIZE_DEPS \
 && pecl install apcu-5.1.23 \
 && docker-php-ext-enable apcu \
 && apk del .build-deps
COPY --chown=www-data:www-data . /var/www
USER www-data
