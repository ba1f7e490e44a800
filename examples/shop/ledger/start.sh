# Gives a file away at its start, in a directory that is no volume.
set -e
mkdir -p /var/lib/ledger
touch /var/lib/ledger/book
chown 1000 /var/lib/ledger/book
exec python3 -u -m http.server --directory /srv/ledger 7000
