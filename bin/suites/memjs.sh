# memjs, which speaks the binary protocol alone: without and with a login.
# shellcheck shell=bash

folder=$work/memjs
need_packages command -v npm -- npm
if [ ! -e "$folder/ready" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    npm_install --prefix "$folder" memjs@1.3.2 </dev/null || fail "cannot fetch memjs with npm"
    touch "$folder/ready"
fi
start_node
open_port=$port
start_sasl_node
NODE_PATH=$folder/node_modules run_checks memjs \
    node "$suites/memjs-checks.js" "$open_port" "$port" "$user" "$password"
