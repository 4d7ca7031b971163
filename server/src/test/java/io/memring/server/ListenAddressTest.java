package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.tls.TlsMode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ListenAddressTest {

    private static final int DEFAULT_PORT = 11211;

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, 11211",
        "127.0.0.1, 127.0.0.1, 11211",
        "127.0.0.1:5, 127.0.0.1, 5",
        "127.0.0.1:0, 127.0.0.1, 0",
        "127.0.0.1:-1, 127.0.0.1, 0",
        "*, , 11211",
        "*:5, , 5",
        "::1, ::1, 11211",
        "[::1], ::1, 11211",
        "[::1]:5, ::1, 5",
        "fe80::1:2, fe80::1:2, 11211",
        "proto[ascii]:127.0.0.1:5, 127.0.0.1, 5",
        "proto[negotiating]:127.0.0.1, 127.0.0.1, 11211",
        "proto[binary]:127.0.0.1:5, 127.0.0.1, 5",
        "proto[binary]:*:5, , 5",
        "tag[service]:127.0.0.1:5, 127.0.0.1, 5",
        "tag_tools_:127.0.0.1:5, 127.0.0.1, 5",
        "proto[ascii]:tag[b]:[::1]:5, ::1, 5",
    })
    void parseList_oneEntry_readsHostAndPort(String entry, @Nullable String host, int port) {
        assertThat(ListenAddress.parseList(entry, DEFAULT_PORT, TlsMode.OFF))
                .containsExactly(
                        new ListenAddress(host, port, TlsMode.OFF, bindingIn(entry), tagIn(entry)));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5, DEFAULT",
        "notls:127.0.0.1:5, OFF",
        "btls:127.0.0.1:5, BASIC",
        "mtls:127.0.0.1:5, MUTUAL",
        "mtls:proto[ascii]:tag_tools_:127.0.0.1:5, MUTUAL",
        "btls:proto[binary]:127.0.0.1:5, BASIC",
    })
    void parseList_withTls_readsThePrefix(String entry, TlsMode tls) {
        assertThat(ListenAddress.parseList(entry, DEFAULT_PORT, TlsMode.DEFAULT))
                .containsExactly(
                        new ListenAddress("127.0.0.1", 5, tls, bindingIn(entry), tagIn(entry)));
    }

    private static @Nullable Binding bindingIn(String entry) {
        if (entry.contains("proto[negotiating]")) {
            return Binding.AUTO;
        }
        if (entry.contains("proto[binary]")) {
            return Binding.BINARY;
        }
        return entry.contains("proto[ascii]") ? Binding.ASCII : null;
    }

    private static String tagIn(String entry) {
        Matcher tag = Pattern.compile("tag[\\[_](.*?)[]_]").matcher(entry);
        return tag.find() ? tag.group(1) : "";
    }

    @Test
    void parseList_commasAndSemicolons_separateEntries() {
        assertThat(ListenAddress.parseList("a:1,b;,c:3", DEFAULT_PORT, TlsMode.OFF))
                .containsExactly(
                        new ListenAddress("a", 1, TlsMode.OFF),
                        new ListenAddress("b", DEFAULT_PORT, TlsMode.OFF),
                        new ListenAddress("c", 3, TlsMode.OFF));
    }

    @Test
    void parseList_bothWildcardsOnOnePort_keepsTheOneThatTakesInBoth() {
        assertThat(ListenAddress.parseList("0.0.0.0,[::]", DEFAULT_PORT, TlsMode.OFF))
                .containsExactly(new ListenAddress("::", DEFAULT_PORT, TlsMode.OFF));
        assertThat(ListenAddress.parseList("0.0.0.0:1,[::]:2", DEFAULT_PORT, TlsMode.OFF))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "notls:127.0.0.1, notls: needs -Z",
        "mtls:127.0.0.1, mtls: needs -Z",
        "btls:127.0.0.1, btls: needs -Z",
        "proto[proxy]:127.0.0.1, 'the protocol must be ascii, binary or negotiating'",
        "proto[ascii:127.0.0.1, ''']'' is missing'",
        "tag[]:127.0.0.1, a tag must have 1 to 8 characters",
        "tag[ninechars]:127.0.0.1, a tag must have 1 to 8 characters",
        "tag_x:127.0.0.1, '''_'' is missing'",
        "[::1, ''']'' is missing'",
        "127.0.0.1:65536, the port must be between 0 and 65535",
        "127.0.0.1:http, the port must be between 0 and 65535",
        ":5, the host is missing",
    })
    void parseList_wrongEntry_isRefused(String entry, String rule) {
        assertThatThrownBy(() -> ListenAddress.parseList(entry, DEFAULT_PORT, TlsMode.OFF))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("-l " + entry + ": " + rule);
    }
}
