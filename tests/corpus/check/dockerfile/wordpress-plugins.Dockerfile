FROM wordpress:6.5-php8.2-apache
RUN curl -O https://raw.githubusercontent.com/wp-cli/builds/gh-pages/phar/wp-cli.phar && chmod +x wp-cli.phar && mv wp-cli.phar /usr/local/bin/wp
RUN wget https://downloads.wordpress.org/plugin/akismet.5.3.zip -O /tmp/a.zip && unzip /tmp/a.zip -d /usr/src/wordpress/wp-content/plugins
ENV WORDPRESS_DB_PASSWORD_FILE=/run/secrets/db WORDPRESS_DEBUG=1
