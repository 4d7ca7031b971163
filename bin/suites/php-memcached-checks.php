<?php
// What php-memcached can do: php-memcached-checks.php OPEN-PORT SASL-PORT USER PASSWORD
declare(strict_types=1);

[, $openPort, $saslPort, $user, $password] = $argv;

function connect(string $port, array $options = [], ?array $login = null): Memcached
{
    $client = new Memcached();
    $client->setOptions($options);
    if ($login !== null) {
        $client->setSaslAuthData($login[0], $login[1]);
    }
    $client->addServer('127.0.0.1', (int) $port);
    return $client;
}

function same(mixed $wanted, mixed $got): void
{
    if ($wanted !== $got) {
        $shown = substr(var_export($got, true), 0, 300);
        throw new Exception('wanted ' . substr(var_export($wanted, true), 0, 300) . ", got $shown");
    }
}

// The last call gave false, for this reason.
function failed(Memcached $client, int $reason, mixed $got): void
{
    same(false, $got);
    same($reason, $client->getResultCode());
}

function check(string $name, callable $test): void
{
    try {
        $test();
        echo "ok $name\n";
    } catch (Throwable $e) {
        echo "not ok $name: {$e->getMessage()} (line {$e->getTrace()[0]['line']})\n";
    }
}

// What works in every protocol; each check begins with an empty cache.
$checks = [
    'values of all types' => function (Memcached $c) {
        $texts = ['text', '', 'öäü ☃', "\0\r\nEND\r\n\xff"];
        foreach ([...$texts, 7, -3, PHP_INT_MAX, 2.5, true, false, null, [1, ['a' => null]]] as $value) {
            same(true, $c->set('key', $value));
            same($value, $c->get('key'));
            same(Memcached::RES_SUCCESS, $c->getResultCode());
        }
    },
    'a missing key' => function (Memcached $c) {
        failed($c, Memcached::RES_NOTFOUND, $c->get('none'));
    },
    'read through a callback' => function (Memcached $c) {
        $load = function (Memcached $_, string $key, mixed &$value): bool {
            $value = "loaded $key";
            return true;
        };
        same('loaded key', $c->get('key', $load));
        same('loaded key', $c->get('key'));
    },
    'a large value' => function (Memcached $c) {
        $value = random_bytes(900000);
        same(true, $c->set('key', $value));
        same($value, $c->get('key'));
    },
    'a value that is too large' => function (Memcached $c) {
        failed($c, Memcached::RES_E2BIG, $c->set('key', random_bytes(1 << 20)));
        same(true, $c->set('key', 'small'));
        same('small', $c->get('key'));
    },
    'compression' => function (Memcached $c) {
        $value = str_repeat('compressible ', 20000);
        same(true, $c->set('key', $value));
        same($value, $c->get('key'));
    },
    'add and replace' => function (Memcached $c) {
        // Why not, is said in other words by the binary protocol.
        same(false, $c->replace('key', 'a'));
        same(true, $c->add('key', 'b'));
        same(false, $c->add('key', 'c'));
        same(true, $c->replace('key', 'd'));
        same('d', $c->get('key'));
    },
    'append and prepend' => function (Memcached $c) {
        $c->setOption(Memcached::OPT_COMPRESSION, false);
        failed($c, Memcached::RES_NOTSTORED, $c->append('key', 'x'));
        failed($c, Memcached::RES_NOTSTORED, $c->prepend('key', 'x'));
        $c->set('key', 'middle');
        same(true, $c->append('key', '-end'));
        same(true, $c->prepend('key', 'begin-'));
        same('begin-middle-end', $c->get('key'));
    },
    'cas' => function (Memcached $c) {
        $c->set('key', 'first');
        $read = $c->get('key', null, Memcached::GET_EXTENDED);
        same('first', $read['value']);
        same(true, $c->cas($read['cas'], 'key', 'second'));
        failed($c, Memcached::RES_DATA_EXISTS, $c->cas($read['cas'], 'key', 'third'));
        failed($c, Memcached::RES_NOTFOUND, $c->cas($read['cas'], 'none', 'x'));
        same('second', $c->get('key'));
    },
    'increment and decrement' => function (Memcached $c) {
        $c->set('key', 10);
        same(15, $c->increment('key', 5));
        same(11, $c->decrement('key', 4));
        same(0, $c->decrement('key', 100));
        failed($c, Memcached::RES_NOTFOUND, $c->increment('none'));
        $c->set('text', 'text');
        same(false, $c->increment('text'));
    },
    'delete' => function (Memcached $c) {
        failed($c, Memcached::RES_NOTFOUND, $c->delete('key'));
        $c->set('key', 'x');
        same(true, $c->delete('key'));
        same(false, $c->get('key'));
    },
    'many keys' => function (Memcached $c) {
        $some = [];
        for ($i = 0; $i < 1000; $i++) {
            $some["key$i"] = "value$i";
        }
        same(true, $c->setMulti($some));
        $read = $c->getMulti([...array_keys($some), 'none'], Memcached::GET_PRESERVE_ORDER);
        same($some + ['none' => null], $read);
        $deleted = $c->deleteMulti(['key0', 'none']);
        same(true, $deleted['key0']);
        same(Memcached::RES_NOTFOUND, $deleted['none']);
    },
    'delayed reads' => function (Memcached $c) {
        $c->setMulti(['a' => '1', 'b' => '2']);
        same(true, $c->getDelayed(['a', 'b', 'none'], true));
        $found = [];
        while ($each = $c->fetch()) {
            $found[$each['key']] = $each['value'];
            same(true, $each['cas'] > 0);
        }
        ksort($found);
        same(['a' => '1', 'b' => '2'], $found);
        same(true, $c->getDelayed(['a', 'none']));
        $all = $c->fetchAll();
        same(['1'], array_column($all, 'value'));
    },
    'keys by the key of a server' => function (Memcached $c) {
        same(true, $c->setByKey('server', 'key', 'x'));
        same('x', $c->getByKey('server', 'key'));
        same(true, $c->touchByKey('server', 'key', 600));
        same(true, $c->deleteByKey('server', 'key'));
    },
    'prefixes' => function (Memcached $c) {
        $c->setOption(Memcached::OPT_PREFIX_KEY, 'shop:');
        $c->set('key', 'x');
        same('x', $c->get('key'));
        $c->setOption(Memcached::OPT_PREFIX_KEY, '');
        same('x', $c->get('shop:key'));
    },
    'expiry and touch' => function (Memcached $c) {
        $c->set('past', 'x', 1000000000);
        same(false, $c->get('past'));
        $c->set('key', 'x', 600);
        same(true, $c->touch('key', 1200));
        same('x', $c->get('key'));
        same(true, $c->touch('key', 1000000000));
        same(false, $c->get('key'));
        failed($c, Memcached::RES_NOTFOUND, $c->touch('none', 600));
    },
    'keys of all lengths' => function (Memcached $c) {
        foreach ([1, 100, 249] as $length) {
            $key = str_repeat('k', $length);
            same(true, $c->set($key, $length));
            same($length, $c->get($key));
        }
        failed($c, Memcached::RES_BAD_KEY_PROVIDED, $c->set(str_repeat('k', 251), 'x'));
    },
    'stats and version' => function (Memcached $c) {
        $stats = array_values($c->getStats())[0];
        same(true, $stats['pid'] > 0);
        same(true, isset($stats['curr_items'], $stats['cmd_get']));
        same(true, array_values($c->getStats('settings'))[0]['maxbytes'] > 0);
        same(1, preg_match('/^1\.6\./', array_values($c->getVersion())[0]));
    },
    'flush' => function (Memcached $c) {
        $c->set('key', 'x');
        same(true, $c->flush());
        same(false, $c->get('key'));
    },
    'quit, and a new connection' => function (Memcached $c) {
        $c->set('key', 'x');
        same(true, $c->quit());
        same('x', $c->get('key'));
    },
];

$binaryChecks = [
    'initial values' => function (Memcached $c) {
        same(10, $c->increment('key', 5, 10, 600));
        same(15, $c->increment('key', 5, 10, 600));
        same(9, $c->decrement('other', 1, 9));
        same(8, $c->decrement('other', 1, 9));
    },
];

$binary = [Memcached::OPT_BINARY_PROTOCOL => true];
$hasty = [Memcached::OPT_NO_BLOCK => true, Memcached::OPT_TCP_NODELAY => true];
$rounds = [
    'text' => [connect($openPort), $checks],
    'text, not blocking' => [connect($openPort, $hasty), $checks],
    'binary' => [connect($openPort, $binary), $checks + $binaryChecks],
    'SASL' => [connect($saslPort, $binary, [$user, $password]), $checks + $binaryChecks],
];
foreach ($rounds as $round => [$client, $its]) {
    foreach ($its as $name => $test) {
        check("$round: $name", function () use ($client, $test) {
            same(true, $client->flush());
            $test($client);
        });
    }
}

$friend = connect($saslPort, $binary, [$user, $password]);
$refused = function (Memcached $stranger) use ($friend) {
    same(true, $friend->set('key', 'secret'));
    same(false, $stranger->set('key', 'changed'));
    same(false, $stranger->get('key'));
    same('secret', $friend->get('key'));
};
check('a wrong password', fn () => $refused(connect($saslPort, $binary, [$user, 'wrong'])));
check('an unknown user', fn () => $refused(connect($saslPort, $binary, ['nobody', $password])));
check('no login', fn () => $refused(connect($saslPort, $binary)));
check('text without a login', fn () => $refused(connect($saslPort)));
