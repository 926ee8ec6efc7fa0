# The host alone; PostgreSQL and the mail server are services beside it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The front end is built by npm within the .NET build.
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/Host/ClientPortal.Host.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "ClientPortal.Host.dll"]
