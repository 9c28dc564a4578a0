#!/usr/bin/env bash
# Stops the cluster that start.sh has started in FOLDER: its jobs, and the processes whose numbers it wrote.
set -uo pipefail
folder=$1
export SLURM_CONF=$folder/slurm.conf
scancel --me 2> /dev/null && sleep 1
for file in "$folder"/pid/{n1,n2,n3,controller,munge}; do
  [ -s "$file" ] || continue
  pid=$(cat "$file")
  kill "$pid" 2> /dev/null
  for _ in {1..50}; do
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.1
  done
  kill -9 "$pid" 2> /dev/null
done
exit 0
