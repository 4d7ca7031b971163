package io.memring.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class CipherListTest {

    private static final List<String> SUITES =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                    "TLS_RSA_WITH_AES_128_CBC_SHA");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AES128-SHA|4",
                "ALL|1234",
                "HIGH:!aNULL:!MD5|1234",
                "AES128-SHA:ECDHE-RSA-CHACHA20-POLY1305|42",
                "TLS_RSA_WITH_AES_128_CBC_SHA|4",
                "ECDHE|123",
                "ECDHE+RSA|23",
                "ECDHE+AESGCM:kRSA|14",
                "HIGH:!CHACHA20:!AES128|3",
                "HIGH:-RSA|1",
                "ECDSA:HIGH:-AES256:@STRENGTH|124",
                "!SHA1:ALL|123",
            })
    void select_list_picksSuitesInItsOrder(String list, String indexes) throws Exception {
        List<String> expected = indexes.chars().mapToObj(index -> SUITES.get(index - '0')).toList();
        List<String> selected = CipherList.select(list, SUITES);
        assertThat(selected.getFirst()).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(selected.subList(1, selected.size())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, there is no cipher suite nonsense",
        "HIGH:RC4-MD5, there is no cipher suite RC4-MD5",
        "HIGH:!ALL, no cipher suite is left",
    })
    void select_nothing_isRefused(String list, String reason) {
        assertThatThrownBy(() -> CipherList.select(list, SUITES))
                .isInstanceOf(TlsFileException.class)
                .hasMessage("ssl_ciphers=" + list + ": " + reason);
    }
}
