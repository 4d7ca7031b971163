package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.exception.MemcachedException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;

/** xmemcached in its text mode, which has no get-and-touch. */
final class XmemcachedTest extends XmemcachedContract {
    XmemcachedTest(InetSocketAddress node) throws IOException {
        super(node, new TextCommandFactory());
    }

    @Test
    void set_tooLarge_failsAndTheConnectionGoesOn() throws Exception {
        byte[] value = new byte[1_048_576];
        new Random(1).nextBytes(value);
        assertThatThrownBy(() -> client.set(key, 0, value))
                .isInstanceOf(MemcachedException.class)
                .hasMessageContaining("object too large for cache");
        assertThat(client.set(key, 0, "small")).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("small");
    }

    @Test
    void incrAndDecr_countAndTakeDefaults() throws Exception {
        assertThat(client.incr(key + "zero", 1)).isZero();
        assertThat(client.incr(key, 5, 10)).isEqualTo(10);
        assertThat(client.incr(key, 5, 10)).isEqualTo(15);
        assertThat(client.decr(key, 4)).isEqualTo(11);
        assertThat(client.decr(key, 100)).isZero();
        assertThat(client.decr(key + "new", 1, 9)).isEqualTo(9);
        client.incrWithNoReply(key, 7);
        client.decrWithNoReply(key, 2);
        assertThat(client.incr(key, 1)).isEqualTo(6);
        assertThat(client.set(key, 0, "text")).isTrue();
        assertThatThrownBy(() -> client.incr(key, 1))
                .hasMessageContaining("cannot increment or decrement non-numeric value");
    }

    @Test
    void noReply_doesWhatItSays() throws Exception {
        client.setWithNoReply(key, 0, "middle");
        client.addWithNoReply(key, 0, "ignored");
        client.appendWithNoReply(key, "-end");
        client.prependWithNoReply(key, "begin-");
        assertThat(client.<String>get(key)).isEqualTo("begin-middle-end");
        client.replaceWithNoReply(key, 0, "replaced");
        client.addWithNoReply(key + "new", 0, "added");
        assertThat(client.<String>get(key)).isEqualTo("replaced");
        assertThat(client.<String>get(key + "new")).isEqualTo("added");
        client.setLoggingLevelVerbosity(node, 1);
        client.setLoggingLevelVerbosityWithNoReply(node, 0);
        assertThat(client.<String>get(key)).isEqualTo("replaced");
    }

    @Test
    void keys_mayBeLong() throws Exception {
        String longest = key + "k".repeat(250 - key.length());
        assertThat(client.set(longest, 0, "long")).isTrue();
        assertThat(client.<String>get(longest)).isEqualTo("long");
        assertThatThrownBy(() -> client.set(longest + "k", 0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.set(key + " x", 0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        client.setSanitizeKeys(true);
        assertThat(client.set(key + " ☃", 0, "unicode")).isTrue();
        assertThat(client.<String>get(key + " ☃")).isEqualTo("unicode");
    }
}
