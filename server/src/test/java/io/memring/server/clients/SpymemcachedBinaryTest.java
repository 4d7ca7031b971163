package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.internal.OperationFuture;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Random;

/** spymemcached in its binary mode. */
final class SpymemcachedBinaryTest extends SpymemcachedContract {
    SpymemcachedBinaryTest(InetSocketAddress node) {
        super(node, Protocol.BINARY);
    }

    @Test
    void set_tooLarge_failsAndTheConnectionGoesOn() throws Exception {
        byte[] value = new byte[3_000_000];
        new Random(1).nextBytes(value);
        assertThat(client.set(key, 0, value).get()).isFalse();
        assertThat(client.set(key, 0, value).getStatus().getMessage()).isEqualTo("Too large.");
        assertThat(client.set(key, 0, "small").get()).isTrue();
        assertThat(client.get(key)).isEqualTo("small");
    }

    @Test
    void incrAndDecr_countAndTakeDefaults() throws Exception {
        assertThat(client.incr(key, 1)).isEqualTo(-1);
        assertThat(client.decr(key, 1)).isEqualTo(-1);
        assertThat(client.incr(key, 5, 10)).isEqualTo(10);
        assertThat(client.incr(key, 5, 10, 100)).isEqualTo(15);
        assertThat(client.decr(key, 4)).isEqualTo(11);
        assertThat(client.decr(key, 100)).isZero();
        assertThat(client.asyncIncr(key, 7, 1).get()).isEqualTo(7);
        assertThat(client.asyncDecr(key, 2, 1, 100).get()).isEqualTo(5);
        assertThat(client.decr(key + "new", 1, 9)).isEqualTo(9);
    }

    @Test
    void incr_ofText_failsAndTheConnectionGoesOn() throws Exception {
        assertThat(client.set(key, 0, "text").get()).isTrue();
        OperationFuture<Long> counted = client.asyncIncr(key, 1);
        assertThat(counted.get()).isEqualTo(-1);
        assertThat(counted.getStatus().getMessage())
                .isEqualTo("Non-numeric server-side value for incr or decr");
        assertThat(client.get(key)).isEqualTo("text");
    }

    /** The delay that the client takes is not sent in this mode. */
    @Test
    void flush_emptiesTheCache() throws Exception {
        assertThat(client.set(key, 0, "x").get()).isTrue();
        assertThat(client.flush().get()).isTrue();
        assertThat(client.get(key)).isNull();
    }

    @Test
    void touchAndGetAndTouch_setTheExpiry() throws Exception {
        assertThat(client.touch(key, 10).get()).isFalse();
        assertThat(client.getAndTouch(key, 10)).isNull();
        assertThat(client.set(key, 0, "x").get()).isTrue();
        assertThat(client.touch(key, 1000).get()).isTrue();
        CASValue<Object> value = client.getAndTouch(key, 1000);
        assertThat(value.getValue()).isEqualTo("x");
        assertThat(client.asyncGetAndTouch(key, 1000).get().getCas()).isEqualTo(value.getCas());
    }

    @Test
    void keys_mayHoldAnything() throws Exception {
        String longest = key + "k".repeat(250 - key.length());
        assertThat(client.set(longest, 0, "long").get()).isTrue();
        assertThat(client.get(longest)).isEqualTo("long");
        assertThatThrownBy(() -> client.get(longest + "k"))
                .isInstanceOf(IllegalArgumentException.class);
        String odd = key + " \u0000\r\n\u2603";
        assertThat(client.set(odd, 0, "odd").get()).isTrue();
        assertThat(client.get(odd)).isEqualTo("odd");
    }
}
