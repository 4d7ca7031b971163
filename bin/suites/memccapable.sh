# libmemcached's conformance test. It expects delete to refuse a time, which memcached no longer does.
# What failed goes to the standard error, so that in the output a name without [pass] is left behind.
# shellcheck shell=bash

# capabilities PROTOCOL OPTION
capabilities() {
    local log=$work/memccapable-$1.log cases wrong
    memccapable -h 127.0.0.1 -p "$port" "$2" -t 20 2>"$log.errors" |
        sed "s/\(.\)$1 /\1\n$1 /g" | tee "$log" || :
    cases=$(grep -c "^$1 " "$log" || :)
    wrong=$(grep "^$1 " "$log" | grep -v 'pass]' |
        grep -c -v -E '^ascii delete( noreply)? *$' || :)
    [ "$cases" -ge 27 ] || wrong=$((wrong + 1))
    [ "$wrong" -eq 0 ] || cat "$log.errors"
    count $((cases - wrong)) "$wrong"
}

need_packages type -P memccapable -- libmemcached-tools
start_node
capabilities ascii -a
capabilities binary -b
