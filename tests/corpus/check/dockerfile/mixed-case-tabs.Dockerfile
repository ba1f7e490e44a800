from	alpine:3.20
run	apk add --no-cache tini
COPY	run.sh	/run.sh
Env	MODE=prod
USER	1000
cmd	["/sbin/tini", "/run.sh"]
