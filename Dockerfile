# Build the environment in one stage, the program in it with its content; run it in another that has nothing else.
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY content content
COPY migrations migrations
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-index --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends fontconfig fonts-noto-cjk locales \
 && sed -i 's/^# *\(zh_CN.UTF-8\|en_US.UTF-8\)/\1/' /etc/locale.gen && locale-gen \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home tutor
ENV LANG=zh_CN.UTF-8 PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/data/cache TUTOR_DATABASE_URL=sqlite:////data/tutor.sqlite3
COPY --from=build /venv /venv
USER tutor
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=20s CMD ["tutor", "doctor", "--quick"]
ENTRYPOINT ["tutor"]
CMD ["run"]
