# The host alone; PostgreSQL and the mail server are services beside it.
FROM node:22-bookworm-slim AS web
WORKDIR /source
COPY schema.graphql .
COPY src/Web src/Web
RUN node src/Web/scripts/build.mjs

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=web /source/src/Web/dist src/Web/dist
RUN dotnet publish src/Host/ClientPortal.Host.csproj -c Release -p:WebIsBuilt=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "ClientPortal.Host.dll"]
