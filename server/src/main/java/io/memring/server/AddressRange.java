package io.memring.server;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of internet addresses, such as {@code 10.0.0.0/8}, {@code 192.0.2.7} or {@code ::1};
 * never a name, which would make the rule depend on who looks it up.
 */
final class AddressRange {

    private static final int MAPPED_PREFIX_LENGTH = 12;

    private final byte[] start;
    private final int bits;

    private AddressRange(byte[] start, int bits) {
        this.start = start;
        this.bits = bits;
    }

    /** Reads an address, or one with the number of its leading bits that count. */
    static AddressRange parse(String option, String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] start = bytesOf(option, text, address);
        int width = start.length * Byte.SIZE;
        int bits = width;
        if (slash >= 0) {
            String name = option + " " + text;
            bits = OptionValue.integer(name, text.substring(slash + 1));
            bits = OptionValue.inRange(name, bits, 0, width);
        }
        return new AddressRange(start, bits);
    }

    private static byte[] bytesOf(String option, String text, String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException _) {
            throw new InvalidOptionException(
                    option,
                    text,
                    "must be an address, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32");
        }
    }

    boolean contains(InetAddress address) {
        byte[] bytes = unmapped(address.getAddress());
        if (bytes.length != start.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        if (!Arrays.equals(bytes, 0, whole, start, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (bytes[whole] ^ start[whole]) >> Byte.SIZE - rest == 0;
    }

    /** IPv4 clients of a socket for both families come as {@code ::ffff:a.b.c.d}. */
    private static byte[] unmapped(byte[] address) {
        if (address.length <= MAPPED_PREFIX_LENGTH) {
            return address;
        }
        for (int i = 0; i < MAPPED_PREFIX_LENGTH; i++) {
            if (address[i] != (i < MAPPED_PREFIX_LENGTH - 2 ? 0 : -1)) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, MAPPED_PREFIX_LENGTH, address.length);
    }
}
