FROM php:8.3-apache
RUN apt-get update && apt-get install -y \
        libzip-dev \
        libpng-dev \
    && docker-php-ext-install gd zip pdo_mysql \
    && a2enmod rewrite
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
COPY . /var/www/html
RUN composer install --no-dev && composer require monolog/monolog
RUN chmod -R 777 /var/www/html/storage
EXPOSE 80
