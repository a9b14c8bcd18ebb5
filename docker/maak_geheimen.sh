#!/bin/sh
# Makes the secrets of a new installation in ./geheimen.  What is there already stays as it is.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p geheimen

willekeurig() { # $1 bytes, as hexadecimal digits
    od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'
}
schrijf() { # $1 name, $2 content.  Readable for the user inside the container; the folder itself is closed.
    if [ -e "geheimen/$1" ]; then
        echo "geheimen/$1 bestaat al en blijft zoals het is"
    else
        printf '%s' "$2" >"geheimen/$1"
        chmod 444 "geheimen/$1"
        echo "geheimen/$1 gemaakt"
    fi
}

schrijf postgres_password "$(willekeurig 24)"
schrijf database_url "postgresql://portal:$(cat geheimen/postgres_password)@postgres:5432/portal"
schrijf secret_key "$(willekeurig 40)"
schrijf encryption_keys "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
schrijf email_url "${EMAIL_URL:-smtp://mailpit:1025}"
chmod 700 geheimen
echo "Bewaar een kopie van geheimen/encryption_keys op een veilige plek: zonder die sleutel is versleutelde tekst weg."
