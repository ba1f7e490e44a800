cat > /etc/systemd/system/x.service <<'EOF'
[Service]
ExecStart=/usr/bin/docker run --privileged x:1
EOF
ssh deploy@host.example.org <<EOF
docker pull registry.example.org/app:$TAG
docker run -d --net=host registry.example.org/app:$TAG
EOF
