# syntax=docker/dockerfile:1

# Builds server and dashboard, and gathers what they need at run time in dist/runtime. The layer of the first install holds npm's cache for the
# second one; cache mounts and VOLUME are left out, since Railway builds no file that has them.
FROM node:24.21-trixie-slim AS build
WORKDIR /workspace
ENV NX_DAEMON=false CI=true
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm run runtime

# Node alone, without npm: nothing here can install anything.
FROM debian:13.7-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="VoxReach" \
      org.opencontainers.image.description="Bring your own phone numbers to AI voice agents" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN groupadd --gid 10001 voxreach \
    && useradd --uid 10001 --gid voxreach --home-dir /data --shell /usr/sbin/nologin voxreach \
    && install --directory --owner voxreach --group voxreach --mode 0700 /data
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=build /workspace/dist/runtime ./

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
EXPOSE 3000
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "healthcheck.mjs"]
CMD ["node", "api/main.js"]
