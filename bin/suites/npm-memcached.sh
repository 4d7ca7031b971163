# node-memcached's own tests, on copies that know the ports of our three nodes.
# shellcheck shell=bash

# Tests about servers that are not there, or that have to be on port 11211.
about_absent_servers='^Memcached connections should (reset failures|properly schedule|'
about_absent_servers+='default to port|not create multiple|return error on connection timeout)'

log=$work/npm-memcached.log
folder=$work/npm
package=$folder/package

fetch() {
    rm -rf "$folder" &&
        mkdir -p "$folder" &&
        cd "$folder" &&
        npm pack --silent memcached@2.2.2 >/dev/null &&
        tar -xzf memcached-2.2.2.tgz &&
        cp package/test/common.js common.js &&
        # No scripts: one of the packages would install hooks in the repository around it.
        npm_install --prefix package --omit=dev &&
        npm_install --prefix . mocha@10.8.2 should@13.2.3 &&
        # The client asks it whether a host is there, and not every machine has it.
        printf '#!/bin/sh\nexit 0\n' >ping &&
        chmod +x ping &&
        touch ready
}

need_packages command -v npm -- npm
[ -e "$folder/ready" ] || (fetch) </dev/null || fail "cannot fetch node-memcached and mocha with npm"
cp "$folder/common.js" "$package/test/common.js"
for number in 1 2 3; do
    start_node
    sed -i "s/:1121$number'/:$port'/" "$package/test/common.js"
done
(
    cd "$package"
    PATH=$folder:$PATH MEMCACHED__HOST=127.0.0.1 ../node_modules/.bin/mocha --exit \
        --require should --grep "$about_absent_servers" --invert test/*.test.js
) 2>&1 | tee "$log" || :
count "$(number_before passing "$log")" "$(number_before failing "$log")"
