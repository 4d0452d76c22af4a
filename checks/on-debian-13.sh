#!/usr/bin/env bash
# Tries the starter on Debian 13 with nothing but Debian's own Python, pip and git, in a folder that goes afterwards:
#     checks/on-debian-13.sh check --quick
#     checks/on-debian-13.sh demo
# Takes what is committed. Needs root and debootstrap (apt-get install debootstrap), and a Debian to run on.
set -euo pipefail

clone="$(cd "$(dirname "$0")/.." && pwd)"
mirror="$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1)"
debian="$(mktemp -d)"
trap 'rm -rf --one-file-system "$debian"' EXIT
chmod 755 "$debian"

debootstrap --variant=minbase --include=python3,python3-pip,git,ca-certificates trixie "$debian" "$mirror" >/dev/null
cp /etc/resolv.conf /etc/hosts "$debian/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$debian/etc/ssl/certs/"
git clone --quiet "$clone" "$debian/srv/duly"

# The mounts are in a namespace of their own: they end with the command, before the folder is removed.
# shellcheck disable=SC2016
unshare --mount --pid --fork bash -c '
    mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount -t sysfs sys "$0/sys"
    cd "$0/srv/duly" && exec chroot "$0" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt bash -c "cd /srv/duly && exec python3 run.py \"\$@\"" - "$@"
' "$debian" "$@"
