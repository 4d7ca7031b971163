# php-memcached in both protocols, and with a login.
# shellcheck shell=bash

need_packages php -r 'exit(class_exists("Memcached") ? 0 : 1);' -- \
    php-cli php-memcached libsasl2-modules
start_node
open_port=$port
start_sasl_node
run_checks php-memcached php "$suites/php-memcached-checks.php" \
    "$open_port" "$port" "$user" "$password"
