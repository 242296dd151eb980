#!/bin/sh
# Runs once, when the data volume is empty: the application's own database, whose owner is no superuser. CREATEROLE is for the three
# roles of row-level security, which the first migration makes.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$VOXREACH_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE voxreach LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE voxreach OWNER voxreach;
SQL
