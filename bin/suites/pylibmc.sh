# pylibmc in both protocols, with its pools of connections, and with a login.
# shellcheck shell=bash

need_packages /usr/bin/python3 -c 'import pylibmc' -- python3-pylibmc libsasl2-modules
start_node
open_port=$port
start_sasl_node
run_checks pylibmc /usr/bin/python3 "$suites/pylibmc-checks.py" "$open_port" "$port" "$user" "$password"
