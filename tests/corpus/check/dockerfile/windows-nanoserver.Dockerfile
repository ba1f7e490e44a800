# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS build
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
RUN Invoke-WebRequest https://example.org/tool.zip -OutFile C:\tool.zip; `
    Expand-Archive C:\tool.zip -DestinationPath C:\tool
WORKDIR C:\src
COPY . .
RUN C:\tool\build.exe | Out-Null

FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
USER ContainerUser
WORKDIR C:\app
COPY --from=build C:\src\out\ .
CMD ["C:\\app\\svc.exe"]
