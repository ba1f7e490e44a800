FROM scratch
ENV A=${X:-${Y:-z}}
