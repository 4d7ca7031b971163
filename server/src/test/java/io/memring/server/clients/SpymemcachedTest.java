package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.spy.memcached.ConnectionFactoryBuilder.Protocol;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/** spymemcached in its text mode, which has no get-and-touch. */
final class SpymemcachedTest extends SpymemcachedContract {
    SpymemcachedTest(InetSocketAddress node) {
        super(node, Protocol.TEXT);
    }

    @Test
    void set_tooLarge_failsAndTheConnectionGoesOn() throws Exception {
        byte[] value = new byte[3_000_000];
        new Random(1).nextBytes(value);
        assertThatThrownBy(() -> client.set(key, 0, value).get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("object too large for cache");
        assertThat(client.set(key, 0, "small").get()).isTrue();
        assertThat(client.get(key)).isEqualTo("small");
    }

    @Test
    void set_negativeExpiry_isGoneAtOnce() throws Exception {
        assertThat(client.set(key, -1, "x").get()).isTrue();
        assertThat(client.get(key)).isNull();
    }

    @Test
    void incrAndDecr_countAndTakeDefaults() throws Exception {
        assertThat(client.incr(key, 1)).isEqualTo(-1);
        assertThat(client.decr(key, 1)).isEqualTo(-1);
        assertThat(client.incr(key, 5, 10)).isEqualTo(10);
        assertThat(client.incr(key, 5, 10)).isEqualTo(15);
        assertThat(client.decr(key, 4)).isEqualTo(11);
        assertThat(client.decr(key, 100)).isZero();
        assertThat(client.asyncIncr(key, 7).get()).isEqualTo(7);
        assertThat(client.asyncDecr(key, 2).get()).isEqualTo(5);
        assertThat(client.decr(key + "new", 1, 9)).isEqualTo(9);
    }

    @Test
    void incr_ofText_failsAndTheConnectionGoesOn() throws Exception {
        assertThat(client.set(key, 0, "text").get()).isTrue();
        assertThatThrownBy(() -> client.asyncIncr(key, 1).get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("cannot increment or decrement non-numeric value");
        assertThat(client.get(key)).isEqualTo("text");
    }

    @Test
    void touch_setsTheExpiry() throws Exception {
        assertThat(client.touch(key, 10).get()).isFalse();
        assertThat(client.set(key, 0, "x").get()).isTrue();
        assertThat(client.touch(key, 1000).get()).isTrue();
        assertThat(client.get(key)).isEqualTo("x");
        assertThat(client.touch(key, -1).get()).isTrue();
        assertThat(client.get(key)).isNull();
    }

    @Test
    void keys_mayBeLongAndUnicode() throws Exception {
        String longest = key + "k".repeat(250 - key.length());
        assertThat(client.set(longest, 0, "long").get()).isTrue();
        assertThat(client.get(longest)).isEqualTo("long");
        assertThatThrownBy(() -> client.get(longest + "k"))
                .isInstanceOf(IllegalArgumentException.class);
        String snowman = key + "-☃-ключ";
        assertThat(client.set(snowman, 0, "unicode").get()).isTrue();
        assertThat(client.get(snowman)).isEqualTo("unicode");
        assertThatThrownBy(() -> client.set(key + " x", 0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void flush_emptiesTheCache() throws Exception {
        assertThat(client.set(key, 0, "x").get()).isTrue();
        assertThat(client.flush(3600).get()).isTrue();
        assertThat(client.get(key)).isEqualTo("x");
        assertThat(client.flush().get()).isTrue();
        assertThat(client.get(key)).isNull();
    }
}
