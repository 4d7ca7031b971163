package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who may connect. */
class AllowListTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "::/0, 2001:db8::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
    })
    void range_contains_itsAddressesAlone(String range, String address, boolean contained) {
        assertThat(AddressRange.parse("-o", range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @Test
    void range_ofIpv4_containsMappedAddresses() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 10;
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(AddressRange.parse("-o", "10.0.0.0/8").contains(address)).isTrue();
        assertThat(AddressRange.parse("-o", "11.0.0.0/8").contains(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/33", "::/129"})
    void range_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> AddressRange.parse("-o", text))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void list_withTags_choosesByListener() {
        AllowList list =
                AllowList.EVERYBODY.with("10.0.0.0/8").with("in@127.0.0.1").with("in@127.0.0.2");
        assertThat(list.forTag("").allows(client("10.1.1.1"))).isTrue();
        assertThat(list.forTag("").allows(client("127.0.0.1"))).isFalse();
        assertThat(list.forTag("in").allows(client("10.1.1.1"))).isFalse();
        assertThat(list.forTag("in").allows(client("127.0.0.2"))).isTrue();
        assertThat(list.forTag("other").allows(client("10.1.1.1"))).isTrue();
        assertThat(list.forTag("other").allows(client("127.0.0.1"))).isFalse();
    }

    @Test
    void list_withoutRules_allowsEverybody() {
        AllowList tagged = AllowList.EVERYBODY.with("in@127.0.0.1");
        assertThat(AllowList.EVERYBODY.allows(client("203.0.113.9"))).isTrue();
        assertThat(tagged.forTag("").allows(client("203.0.113.9"))).isTrue();
        assertThat(tagged.forTag("in").allows(UnixDomainSocketAddress.of("/x"))).isTrue();
    }

    private static InetSocketAddress client(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void node_withAList_letsInWhoIsOnIt(String transport) {
        String line =
                "-p -1 -l tag[open]:127.0.0.1,tag[shut]:127.0.0.1 --transport "
                        + transport
                        + " -o allow_from=open@127.0.0.0/8,allow_from=192.0.2.1";
        Invocation.Serve serve = (Invocation.Serve) CommandLineReader.read(line.split(" ", -1));
        try (MemringServer server = MemringServer.start(serve.config())) {
            List<InetSocketAddress> addresses = server.addresses();
            try (TestClient client = TestClient.connect(addresses.getFirst())) {
                assertThat(client.ask("mn")).isEqualTo("MN");
                for (int i = 0; i < 3; i++) {
                    try (TestClient refused = TestClient.connect(addresses.getLast())) {
                        assertThat(refused.isAtEnd()).isTrue();
                    }
                }
                assertThat(client.stats("stats"))
                        .containsEntry("rejected_connections", "3")
                        .containsEntry("curr_connections", "1");
            }
        }
    }
}
