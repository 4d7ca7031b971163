// What memjs can do: memjs-checks.js OPEN-PORT SASL-PORT USER PASSWORD
'use strict';

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const memjs = require('memjs');

const [openPort, saslPort, user, password] = process.argv.slice(2);
const quiet = { log() {} };

function connect(port, options = {}) {
    return memjs.Client.create(`127.0.0.1:${port}`, { timeout: 20, retries: 1, logger: quiet, ...options });
}

async function text(client, key) {
    const { value } = await client.get(key);
    return value === null ? null : value.toString();
}

// Calls a function that answers to a callback.
function answer(call) {
    return new Promise((resolve, reject) => {
        call((error, ...results) => (error ? reject(error) : resolve(results)));
    });
}

// What works with and without a login; each check begins with an empty cache.
const checks = {
    async 'get of a missing key'(client) {
        assert.deepEqual(await client.get('none'), { value: null, flags: null });
    },

    async 'set and get of any bytes'(client) {
        for (const value of ['text', '', 'öäü ☃', Buffer.from('\0\r\nEND\r\n\xff', 'latin1')]) {
            assert.equal(await client.set('key', value), true);
            assert.deepEqual((await client.get('key')).value, Buffer.from(value));
        }
    },

    async 'a large value'(client) {
        const value = crypto.randomBytes(900000);
        assert.equal(await client.set('key', value), true);
        assert.deepEqual((await client.get('key')).value, value);
    },

    async 'a value that is too large'(client) {
        await assert.rejects(client.set('key', crypto.randomBytes(1 << 20)), /Value too large/);
        assert.equal(await client.set('key', 'small'), true);
        assert.equal(await text(client, 'key'), 'small');
    },

    async 'add and replace'(client) {
        assert.equal(await client.replace('key', 'a'), false);
        assert.equal(await client.add('key', 'b'), true);
        assert.equal(await client.add('key', 'c'), false);
        assert.equal(await client.replace('key', 'd'), true);
        assert.equal(await text(client, 'key'), 'd');
    },

    // Its prepend sends an append.
    async 'append and prepend'(client) {
        await assert.rejects(client.append('key', 'x'), /Item not stored/);
        await client.set('key', 'a');
        assert.equal(await client.append('key', 'b'), true);
        assert.equal(await client.prepend('key', 'c'), true);
        assert.equal(await text(client, 'key'), 'abc');
    },

    async 'increment and decrement'(client) {
        assert.deepEqual(await client.increment('key', 5, { initial: 10 }), { success: true, value: 10 });
        assert.deepEqual(await client.increment('key', 5, {}), { success: true, value: 15 });
        assert.deepEqual(await client.decrement('key', 4, {}), { success: true, value: 11 });
        assert.deepEqual(await client.decrement('key', 100, {}), { success: true, value: 0 });
        await client.set('text', 'text');
        await assert.rejects(client.increment('text', 1, {}), /non-numeric/);
    },

    async 'delete'(client) {
        assert.equal(await client.delete('key'), false);
        await client.set('key', 'x');
        assert.equal(await client.delete('key'), true);
        assert.equal(await text(client, 'key'), null);
    },

    async 'expiry and touch'(client) {
        await client.set('past', 'x', { expires: 1000000000 });
        assert.equal(await text(client, 'past'), null);
        await client.set('key', 'x', { expires: 600 });
        assert.equal(await client.touch('key', 1200), true);
        assert.equal(await text(client, 'key'), 'x');
        assert.equal(await client.touch('key', 1000000000), true);
        assert.equal(await text(client, 'key'), null);
        assert.equal(await client.touch('none', 600), false);
    },

    async 'requests that overlap'(client) {
        const numbers = [...Array(500).keys()];
        await Promise.all(numbers.map((i) => client.set(`key${i}`, `value${i}`)));
        const values = await Promise.all(numbers.map((i) => text(client, `key${i}`)));
        assert.deepEqual(values, numbers.map((i) => `value${i}`));
    },

    async 'flush'(client) {
        await client.set('key', 'x');
        assert.deepEqual(Object.values(await client.flush()), [true]);
        assert.equal(await text(client, 'key'), null);
    },

    async 'stats, stats with a key, and their reset'(client) {
        const [, general] = await answer((done) => client.stats(done));
        assert.ok(Number(general.pid) > 0);
        const [, settings] = await answer((done) => client.statsWithKey('settings', done));
        assert.ok('maxbytes' in settings);
        await answer((done) => client.resetStats(done));
    },

    async 'quit, and a new connection'(client) {
        await client.set('key', 'x');
        const server = client.servers[0];
        const closed = new Promise((resolve) => server._socket.once('close', resolve));
        client.quit();
        await closed;
        assert.equal(await text(client, 'key'), 'x');
    },
};

const logins = {
    async 'the name and password in the address'() {
        const address = `${user}:${password}@127.0.0.1:${saslPort}`;
        const client = memjs.Client.create(address, { timeout: 20, logger: quiet });
        try {
            assert.equal(await client.set('key', 'x'), true);
        } finally {
            client.close();
        }
    },

    'a wrong password': () => refused({ username: user, password: 'wrong' }),
    'an unknown user': () => refused({ username: 'nobody', password }),
    'no login': () => refused({}),

    async 'the right password afterwards'() {
        const client = connect(saslPort, { username: user, password });
        try {
            assert.equal(await client.set('key', 'x'), true);
        } finally {
            client.close();
        }
    },
};

async function refused(options) {
    const client = connect(saslPort, options);
    try {
        await assert.rejects(client.get('key'));
    } finally {
        client.close();
    }
}

async function check(name, test) {
    try {
        await test();
        console.log(`ok ${name}`);
    } catch (error) {
        console.log(`not ok ${name}: ${error && error.stack}`);
    }
}

async function main() {
    for (const [round, port, options] of [
        ['open', openPort, {}],
        ['SASL', saslPort, { username: user, password }],
    ]) {
        const client = connect(port, options);
        for (const [name, test] of Object.entries(checks)) {
            await check(`${round}: ${name}`, async () => {
                await client.flush();
                await test(client);
            });
        }
        client.close();
    }
    for (const [name, test] of Object.entries(logins)) {
        await check(`login: ${name}`, test);
    }
}

main();
