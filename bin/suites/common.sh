# What the suites share; sourced by bin/client-suites. A suite is sourced as well, in a shell of its
# own: it starts nodes, runs a client's tests against them and counts these.
# shellcheck shell=bash

counts=$work/counts
nodes=()

fail() {
    echo "client-suites: $*" >&2
    exit 2
}

# need_packages COMMAND... -- PACKAGE...: installs the packages where the command does not succeed.
need_packages() {
    local probe=()
    while [ "$1" != -- ]; do
        probe+=("$1")
        shift
    done
    shift
    "${probe[@]}" >/dev/null 2>&1 || install_packages "$@"
}

install_packages() {
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        fail "needs Debian's packages $*; install them, or run this as root"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update </dev/null >/dev/null || fail "cannot update apt's package lists"
    apt-get -qq install -y --no-install-recommends "$@" </dev/null >/dev/null ||
        fail "cannot install Debian's packages $*"
}

# Starts a node with more arguments and sets $port.
start_node() {
    local port_file=$work/port.${#nodes[@]}
    rm -f "$port_file"
    MEMCACHED_PORT_FILENAME=$port_file $server -l 127.0.0.1 -p -1 "$@" </dev/null &
    local pid=$!
    nodes+=("$pid")
    until [ -s "$port_file" ]; do
        kill -0 "$pid" 2>/dev/null || fail "the node did not start"
        sleep 0.1
    done
    port=$(sed -n '1s/.*[^0-9]//p' "$port_file")
}

# Starts a node whose one user logs in with SASL, and sets $port, $user and $password.
start_sasl_node() {
    user=shop
    password='open sesame'
    (umask 077 && echo "$user:$password" >"$work/passwords")
    MEMCACHED_SASL_PWDB=$work/passwords start_node -S "$@"
}

stop_nodes() {
    local pid
    for pid in "${nodes[@]}"; do
        kill "$pid" 2>/dev/null || :
        wait "$pid" 2>/dev/null || :
    done
    nodes=()
}

# count PASSED FAILED; a suite in which nothing passes has failed.
count() {
    local failed=$2
    [ "$1" -gt 0 ] || failed=$((failed + 1))
    echo "$(($1 + failed)) $failed" >>"$counts"
}

# The first number before a word in a file; 0 where there is none.
number_before() {
    sed -n "s/.*[^0-9]\{0,1\}\b\([0-9][0-9]*\) $1\b.*/\1/p" "$2" | head -n 1 | grep . || echo 0
}

# run_checks NAME COMMAND...: runs a program whose lines "ok ..." and "not ok ..." are its tests, and
# which says with its exit status whether it came to its end.
run_checks() {
    local log=$work/$1.log status=0 passed wrong
    shift
    "$@" 2>&1 </dev/null | tee "$log" || status=$?
    passed=$(grep -c '^ok ' "$log" || :)
    wrong=$(grep -c '^not ok ' "$log" || :)
    [ "$status" -eq 0 ] || [ "$wrong" -gt 0 ] || wrong=1
    count "$passed" "$wrong"
}

npm_install() {
    npm install --silent --no-audit --no-fund --ignore-scripts "$@"
}
