package io.memring.client.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache-a:11211",
                "10.0.0.7:11212*2",
                "[::1]:11211",
                "shard-3@10.0.0.7:11211*0",
                "one@[fe80::1%eth0]:1"
            })
    void parse_fullForm_printsTheSame(String text) {
        assertThat(Node.parse(text)).hasToString(text);
    }

    @Test
    void parse_hostAlone_hasDefaults() {
        Node node = Node.parse("cache-a");

        assertThat(node).isEqualTo(Node.of("cache-a", 11211));
        assertThat(node.id()).isEqualTo("cache-a:11211");
        assertThat(node.named("a").id()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a:", "a*", "a*-1", "@a", "a:70000", "a b", "[a", "a:1:2"})
    void parse_malformed_isRefused(String text) {
        assertThatThrownBy(() -> Node.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void new_outOfRange_namesTheValue() {
        assertThatThrownBy(() -> Node.of("a", -1)).hasMessageContaining("port=-1");
        assertThatThrownBy(() -> Node.of(" ", 1)).hasMessageContaining("host= ");
        assertThatThrownBy(() -> Node.of("a", 1).weighing(-2)).hasMessageContaining("weight=-2");
        assertThatThrownBy(() -> Node.of("a", 1).named("")).hasMessageContaining("name=");
    }
}
