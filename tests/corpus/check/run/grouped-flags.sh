docker run -itdP --rm -v/var/run/docker.sock:/var/run/docker.sock -eAPI_KEY=abc123def456 -u0 --net=host alpine:latest sh -c 'rm -rf /'
docker run -dit -p8080:80 -w /app -v"$PWD":/app -h box node:20 npm start
