# Without what no service reads: an engine that compares files (docker diff) reads all there are.
FROM localhost/shop-root:1
RUN rm -rf /usr/share/doc /usr/share/man /usr/share/locale /usr/share/perl* /usr/lib/x86_64-linux-gnu/perl* /usr/share/postgresql/15/man /usr/share/info /usr/share/bash-completion /usr/share/postgresql/15/tsearch_data/*hunspell*
