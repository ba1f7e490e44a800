FROM debian:12-slim
RUN pip install --no-cache-dir -c constraints.txt flask requests==2.32.3 "django>=4.2,<5" 'celery[redis]' git+https://git.example.org/lib.git@v1.2 ./vendored .
RUN npm install -g typescript@5.5.3 @angular/cli eslint@^9 git+https://git.example.org/x.git#v1 file:./pkg ./local.tgz
RUN gem install rake:13.2.1 jekyll --no-document
RUN go install golang.org/x/vuln/cmd/govulncheck@v1.1.2 && go install github.com/air-verse/air@latest
RUN pipx install black && pipx install ruff==0.5.0
RUN pip install --no-cache-dir --upgrade pip setuptools wheel
USER 10000
