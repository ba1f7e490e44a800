FROM python:3.12-alpine3.20
RUN <<PYTHON
#!/usr/bin/env python3
import os, pathlib
pathlib.Path("/etc/motd").write_text("built | here")
os.system("true")
PYTHON
COPY <<one.txt <<two.txt /data/
first
one.txt
second
two.txt
USER 65534
CMD ["python3", "-m", "http.server"]
