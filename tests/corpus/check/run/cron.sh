#!/bin/sh
# installed as /etc/cron.daily/certbot
exec docker run --rm -v /etc/letsencrypt:/etc/letsencrypt -v /var/lib/letsencrypt:/var/lib/letsencrypt certbot/certbot renew
