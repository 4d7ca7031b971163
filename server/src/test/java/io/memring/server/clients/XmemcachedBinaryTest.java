package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import net.rubyeye.xmemcached.command.BinaryCommandFactory;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;

/** xmemcached in its binary mode. */
final class XmemcachedBinaryTest extends XmemcachedContract {
    XmemcachedBinaryTest(InetSocketAddress node) throws IOException {
        super(node, new BinaryCommandFactory());
    }

    @Override
    String tooLargeMessage() {
        return "Value is too big";
    }

    @Override
    String nonNumericMessage() {
        return "Incr/Decr on non-numeric value";
    }

    @Test
    void getAndTouch_readsAndSetsTheExpiry() throws Exception {
        assertThat(client.<String>getAndTouch(key, 100)).isNull();
        assertThat(client.set(key, 0, "x")).isTrue();
        assertThat(client.<String>getAndTouch(key, 100)).isEqualTo("x");
        assertThat(client.<String>get(key)).isEqualTo("x");
    }
}
