FROM mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled
WORKDIR /app
COPY publish/ ./
USER $APP_UID
ENTRYPOINT ["./worker"]
