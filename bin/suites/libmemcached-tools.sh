# libmemcached's command line tools: in the text protocol, in the binary one, and with a login.
# shellcheck shell=bash

files=$work/tools
passed=0
wrong=0

# verdict TITLE STATUS [WHAT WENT WRONG]
verdict() {
    if [ "$2" -eq 0 ]; then
        echo "ok $round: $1"
        passed=$((passed + 1))
    else
        echo "not ok $round: $1: ${3:-}"
        wrong=$((wrong + 1))
    fi
}

# Runs one of the tools on the node.
tool() {
    local name=$1
    shift
    timeout 60 "$name" --servers="127.0.0.1:$port" "${options[@]}" "$@" </dev/null 2>&1
}

# does TOOL ARGUMENT...: it must succeed and say nothing.
does() {
    local output status=0
    output=$(tool "$@") || status=$?
    [ -z "$output" ] || status=1
    verdict "$*" "$status" "$output"
}

# shows PATTERN TOOL ARGUMENT...: it must succeed, and some line of its output must match.
shows() {
    local pattern=$1 output status=0
    shift
    output=$(tool "$@") || status=$?
    grep -q -- "$pattern" <<<"$output" || status=1
    verdict "$* shows $pattern" "$status" "$output"
}

# refuses TOOL ARGUMENT...: it must fail by itself, and in time.
refuses() {
    local output status=0
    output=$(tool "$@") || status=$?
    if [ "$status" -gt 0 ] && [ "$status" -lt 124 ]; then
        verdict "$* fails" 0
    else
        verdict "$* fails" 1 "it ended with $status: $output"
    fi
}

# gets FILE: what the node has under the file's name must be what is in the file.
gets() {
    does memccat --file=got "$1"
    local status=0
    cmp -s "$1" got || status=1
    verdict "the value of $1 is right" "$status"
}

make_files() {
    rm -rf "$files"
    mkdir -p "$files"
    cd "$files"
    printf 'first' >a
    printf 'second' >b
    printf 'third\r\nEND\r\n\0' >bytes
    head -c 900000 /dev/urandom >large
}

# round NAME OPTION...: everything that the tools can do.
round() {
    round=$1
    shift
    options=("$@")
    make_files
    does memccp a b bytes
    shows '^first$' memccat a b
    shows '^second$' memccat a b
    gets bytes
    refuses memccat none
    does memccp --flags=42 a
    shows '^42$' memccat --flags a
    refuses memccp --add a
    refuses memccp --replace large
    does memccp --add large
    gets large
    does memccp --replace large
    gets large
    does memcexist a
    refuses memcexist none
    does memctouch --expire=600 a
    refuses memctouch --expire=600 none
    does memctouch --expire=1000000000 b
    refuses memccat b
    does memccp --expire=1000000000 b
    refuses memccat b
    does memcrm a
    refuses memcrm a
    shows 'curr_connections: [1-9]' memcstat
    shows 'maxbytes: [1-9]' memcstat settings
    shows '1\.6\.' memcstat --server-version
    for kind in set get mget; do
        shows "Time to $kind" memcslap --test="$kind" --concurrency=4 --execute-number=500
    done
    does memcflush
    refuses memccat large
}

strangers() {
    round="strangers, $mechanism"
    options=(--binary --username="$user" --password=wrong)
    refuses memccat a
    refuses memccp a
    options=(--binary --username=nobody --password="$password")
    refuses memccat a
    options=(--binary)
    refuses memccat a
    does memcstat # and learns nothing
    options=()
    refuses memccat a
    options=(--binary --username="$user" --password="$password")
    does memccp a
    shows '^first$' memccat a
}

need_packages type -P memccp -- libmemcached-tools libsasl2-modules
start_node
round text
does memcping
round binary --binary
for mechanism in PLAIN SCRAM-SHA-512; do
    start_sasl_node -o "sasl_mechanisms=$mechanism"
    round "$mechanism" --binary --username="$user" --password="$password"
    strangers
done
count "$passed" "$wrong"
