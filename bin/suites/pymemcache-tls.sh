# pymemcache over TLS, against a certificate that it checks.
# shellcheck shell=bash

need_packages /usr/bin/python3 -c 'import pymemcache' -- python3-pymemcache
need_packages command -v openssl -- openssl
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=node \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/tls.key" -out "$work/tls.crt" 2>/dev/null
start_node -Z -o "ssl_chain_cert=$work/tls.crt,ssl_key=$work/tls.key"
run_checks pymemcache-tls /usr/bin/python3 "$suites/pymemcache-tls.py" "$port" "$work/tls.crt"
