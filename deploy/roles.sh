#!/bin/sh
# Makes the roles of an instance in a new database: the owner of the tables, the role of daily work, which no
# rule for rows lets pass, and the role of backups, which reads everything and changes nothing.
set -eu
secrets=${SECRETS:-/run/secrets}
psql --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<SQL
\\set owner \`cat $secrets/owner_password\`
\\set app \`cat $secrets/app_password\`
\\set backup \`cat $secrets/backup_password\`
CREATE ROLE konvoi_owner LOGIN NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE konvoi_app LOGIN NOBYPASSRLS PASSWORD :'app';
CREATE ROLE konvoi_backup LOGIN BYPASSRLS CREATEDB PASSWORD :'backup';
GRANT pg_read_all_data TO konvoi_backup;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE, USAGE ON SCHEMA public TO konvoi_owner;
SQL
