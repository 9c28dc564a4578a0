#!/usr/bin/env bash
# Starts a Slurm cluster of three nodes on this machine, for tests; everything it keeps is in FOLDER. Needs root.
#   apt-get install --no-install-recommends slurm-wlm munge
#   bash scripts/slurm/start.sh FOLDER && export SLURM_CONF=FOLDER/slurm.conf
#   bash scripts/slurm/stop.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && folder=$(cd "$1" && pwd)
mkdir -p "$folder"/{log,pid,state,socket,munge}
chmod 755 "$folder" "$folder/socket"
chmod 700 "$folder/munge"

# a key and a socket of its own leave the system's munge alone
key=$folder/munge/key
[ -s "$key" ] || (umask 077 && head -c 128 /dev/urandom > "$key")
/usr/sbin/munged --force --key-file="$key" --socket="$folder/socket/munge" --pid-file="$folder/pid/munge" \
  --log-file="$folder/munge/log" --seed-file="$folder/munge/seed"

sed -e "s|@HOST@|$(hostname -s)|g" -e "s|@FOLDER@|$folder|g" "$here/slurm.conf" > "$folder/slurm.conf"
export SLURM_CONF=$folder/slurm.conf
/usr/sbin/slurmctld -f "$SLURM_CONF" -c # forgets jobs of an earlier start
for node in n1 n2 n3; do /usr/sbin/slurmd -f "$SLURM_CONF" -N "$node"; done

for _ in {1..100}; do
  [ "$(sinfo --noheader -N -t idle -o %N 2> /dev/null | wc -l)" = 3 ] && exit 0
  sleep 0.2
done
echo "Expected three idle nodes but found:"
sinfo -N -o '%N %T'
exit 1
