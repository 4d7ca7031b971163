# pymemcache's own integration tests, without the one that needs TLS.
# shellcheck shell=bash

log=$work/pymemcache.log
need_packages /usr/bin/python3 -c 'import pymemcache.test, pytest' -- python3-pymemcache python3-pytest
tests=$(/usr/bin/python3 -c 'import pymemcache.test as t; print(t.__path__[0])')
start_node
/usr/bin/python3 -m pytest -q -p no:cacheprovider -W ignore "$tests/test_integration.py" \
    -k 'not test_tls' --server 127.0.0.1 --port "$port" 2>&1 | tee "$log" || :
count "$(number_before passed "$log")" $(($(number_before failed "$log") + \
    $(number_before error "$log") + $(number_before errors "$log")))
