#!/usr/bin/env bash
# Lets a node of the test cluster go away at once, with all that runs on it, as a power cut does:
#   bash lose_node.sh FOLDER NODE
set -euo pipefail
folder=$1 node=$2
kill -9 "$(cat "$folder/pid/$node")" # the daemon first: it must not tell how its jobs ended
for shell in $(pgrep -f "^/bin/bash $folder/spool-$node/|^bash $folder/spool-$node/"); do
  step=$(ps -o ppid= -p "$shell")
  kill -9 $step "$shell" $(pgrep -P "$shell")
done
