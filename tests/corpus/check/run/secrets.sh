docker run -e AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY -e AWS_REGION=eu-west-1 -e KEY_ALIAS=signing -e MFA_AUTH=enabled amazon/aws-cli:2.17.0 s3 ls
docker run -e DATABASE_URL="mysql://root:hunter2@db/app" -e TOKEN=$TOKEN -e PASSWORD_FILE=/run/secrets/p example/app:1 --password=hunter22 --token "$TOKEN"
docker run --env GITHUB_TOKEN="ghp_0123456789abcdefghijABCDEFGHIJ012345" example/gh:1
docker login -u admin -p hunter2 registry.example.org
