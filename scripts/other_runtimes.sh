#!/usr/bin/env bash
# Runs one small experiment in Deno, in Node and in Bun, and expects the same line from all three. Node and Bun come
# from npm, into a temporary folder; a copy of the package lies beside them, with the package.json that they need.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

cd "$stage"
for path in deno.json mod.ts compile models pipelines fixtures; do cp -R "$root/$path" .; done
mkdir -p node_modules/@std tools
for package in "$root"/node_modules/*; do ln -s "$package" node_modules/; done
ln -s "$root/node_modules/@napi-rs/canvas" node_modules/skia_canvas
for name in cli path; do
  cp -R "$root/stand_ins/std_$name" "std_$name"
  cp "std_$name/deno.json" "std_$name/package.json"
  ln -s "$stage/std_$name" "node_modules/@std/$name"
done
cat > experiment.ts << 'END'
import { execute, fitVae, loadMnist, pipeline, threshold, type VaeConfig } from "@lowerbound/lowerbound";
const experiment = pipeline<Partial<VaeConfig>>("small-vae").pipe(loadMnist).pipe(threshold).include(fitVae).give("elbo");
const settings = { data: "digits", trainImages: 500, testImages: 100, latent: 2, epochs: 1, importanceSamples: 20 };
const { elbo } = await execute(experiment, settings, { seed: 0, device: "cpu" });
console.log(elbo.elbo.mean, elbo.elbo.standardError);
END

# In Deno first: its configuration would be in the way of nothing, but package.json of it.
deno_says=$(deno run -q --no-check --allow-read --allow-env --allow-ffi --config "$root/deno.json" experiment.ts 2> deno.log) ||
  { cat deno.log; exit 1; }
echo "deno: $deno_says"

npm install --prefix tools --no-fund --no-audit --silent node@24 bun@1 > npm.log 2>&1 || { cat npm.log; exit 1; }
cat > package.json << 'END'
{ "name": "@lowerbound/lowerbound", "type": "module", "exports": { ".": "./mod.ts" } }
END
for runtime in "node --no-warnings" "bun run"; do
  read -r name options <<< "$runtime"
  # shellcheck disable=SC2086 -- options are words
  says=$("tools/node_modules/.bin/$name" $options experiment.ts 2> "$name.log") || { cat "$name.log"; exit 1; }
  echo "$name: $says"
  [ "$says" = "$deno_says" ] || { echo "Expected the line of Deno from $name"; exit 1; }
done
