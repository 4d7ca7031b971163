package io.memring.load.ring;

import io.memring.client.ring.KeyHash;
import io.memring.client.ring.RingFactory;
import io.memring.client.ring.RingFormat;
import io.memring.client.ring.Rings;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What rings and hashes are called on the command line: as in code, in lower case with hyphens. */
final class RingNames {
    private static final String JUMP = "jump";
    private static final String MCROUTER = "mcrouter";
    private static final String MODULO = "modulo";
    private static final String RENDEZVOUS = "rendezvous";

    private RingNames() {}

    /** The ring of a name; with a hash of keys that is not its usual one, unless that is empty. */
    static RingFactory ring(String name, String hashName) {
        KeyHash hash = hashName.isEmpty() ? null : constant(KeyHash.class, "hash", hashName);
        return switch (name) {
            case MODULO -> Rings.modulo(hash == null ? KeyHash.ONE_AT_A_TIME : hash);
            case JUMP -> withoutHash(name, hash, Rings.jump());
            case MCROUTER -> withoutHash(name, hash, Rings.mcrouter());
            case RENDEZVOUS -> withoutHash(name, hash, Rings.rendezvous());
            default -> {
                RingFormat format = constant(RingFormat.class, "format", name);
                yield hash == null ? format : format.hashedBy(hash);
            }
        };
    }

    private static RingFactory withoutHash(String name, @Nullable KeyHash hash, RingFactory ring) {
        if (hash != null) {
            throw new IllegalArgumentException("--hash does not go with --format " + name);
        }
        return ring;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String what, String name) {
        for (E constant : type.getEnumConstants()) {
            if (named(constant).equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "unknown %s: %s (there are: %s)"
                        .formatted(
                                what,
                                name,
                                String.join(", ", what.equals("hash") ? hashes() : formats())));
    }

    private static String named(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> formats() {
        return Stream.concat(
                        Arrays.stream(RingFormat.values()).map(RingNames::named),
                        Stream.of(RENDEZVOUS, JUMP, MCROUTER, MODULO))
                .toList();
    }

    private static List<String> hashes() {
        return Arrays.stream(KeyHash.values()).map(RingNames::named).toList();
    }
}
