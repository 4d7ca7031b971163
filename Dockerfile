# The node and its commands: "docker run memring -m 1024", "docker run memring ring status -n ...".
ARG BASE_IMAGE=eclipse-temurin:25-jre

# Jars that "./memring build" has made outside are taken if no source is newer; otherwise they are made
# here. A base image without a compiler gets one from its distribution; Ubuntu 24.04 and Debian 13
# have that package.
FROM ${BASE_IMAGE} AS build
WORKDIR /opt/memring
COPY . .
RUN bin/find-jdk >/dev/null 2>&1 || { \
        apt-get update && \
        apt-get install -y --no-install-recommends ca-certificates curl openjdk-25-jdk-headless; }
RUN ./memring build && rm -f */target/launch/*.aot */target/launch/trained

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="memring" \
      org.opencontainers.image.description="A memcached in Java, and a client for rings of them" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 11211 memring && \
    useradd --system --uid 11211 --gid memring --no-create-home --shell /usr/sbin/nologin memring
WORKDIR /opt/memring
COPY --from=build /opt/memring/memring ./
COPY --from=build /opt/memring/bin/find-jdk /opt/memring/bin/healthcheck bin/
COPY --from=build /opt/memring/server/src/main/resources/io/memring/server/usage.txt \
     server/src/main/resources/io/memring/server/
COPY --from=build /opt/memring/server/target/launch server/target/launch
COPY --from=build /opt/memring/load-tests/target/launch load-tests/target/launch
# What the JVM keeps of a first run is for this JVM and this folder.
RUN ./memring build
USER memring
EXPOSE 11211
# Stops as on SIGTERM: no new connections, answers to what has come, then the end.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=2s --start-period=5s --retries=3 CMD ["bin/healthcheck"]
ENTRYPOINT ["/opt/memring/memring"]
