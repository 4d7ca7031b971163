package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.rubyeye.xmemcached.command.TextCommandFactory;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;

/** xmemcached in its text mode, which has no get-and-touch. */
final class XmemcachedTest extends XmemcachedContract {
    XmemcachedTest(InetSocketAddress node) throws IOException {
        super(node, new TextCommandFactory());
    }

    @Override
    String tooLargeMessage() {
        return "object too large for cache";
    }

    @Override
    String nonNumericMessage() {
        return "cannot increment or decrement non-numeric value";
    }

    @Test
    void verbosity_isSet() throws Exception {
        client.setLoggingLevelVerbosity(node, 1);
        client.setLoggingLevelVerbosityWithNoReply(node, 0);
        assertThat(client.set(key, 0, "x")).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("x");
    }

    @Test
    void keysWithSpaces_areRefusedByTheClient() {
        assertThatThrownBy(() -> client.set(key + " x", 0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
