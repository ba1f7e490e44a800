FROM scratch AS Base
FROM base
LABEL a=b
