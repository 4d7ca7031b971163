package io.memring.client.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How a node's points come from its name. */
enum PointSource {
    /** Each MD5 digest of {@code name-0}, {@code name-1}… makes four points. */
    MD5_QUADS {
        @Override
        int[] points(Node node, String name, int count, KeyHash keyHash) {
            int[] points = new int[count];
            for (int i = 0; i < count; i += WORDS) {
                int[] words = Md5.words((name + '-' + i / WORDS).getBytes(UTF_8));
                System.arraycopy(words, 0, points, i, Math.min(WORDS, count - i));
            }
            return points;
        }
    },
    /** The same with the first 16 bytes of SHA-384 digests. */
    SHA_384_QUADS {
        @Override
        int[] points(Node node, String name, int count, KeyHash keyHash) {
            int[] points = new int[count];
            for (int i = 0; i < count; i++) {
                byte[] text = (name + '-' + i / WORDS).getBytes(UTF_8);
                byte[] digest = KeyHash.sha384(text, 0, text.length);
                points[i] = Words.littleEndian(digest, i % WORDS * Integer.BYTES);
            }
            return points;
        }
    },
    /** The hash of keys makes one point each of {@code name-0}, {@code name-1}… */
    KEY_HASH {
        @Override
        int[] points(Node node, String name, int count, KeyHash keyHash) {
            int[] points = new int[count];
            for (int i = 0; i < count; i++) {
                byte[] text = (name + '-' + i).getBytes(UTF_8);
                points[i] = keyHash.hash(text, 0, text.length);
            }
            return points;
        }
    },
    /** CRC-32 of host, NUL, port and the four bytes of the point before. */
    CRC_32_CHAIN {
        @Override
        int[] points(Node node, String name, int count, KeyHash keyHash) {
            int colon = name.lastIndexOf(':');
            String host = colon < 0 ? name : name.substring(0, colon);
            String port = colon < 0 ? "" : name.substring(colon + 1);
            byte[] text = (host + '\0' + port).getBytes(UTF_8);
            int base = Crc32.update(0, text, 0, text.length);
            int[] points = new int[count];
            int previous = 0;
            for (int i = 0; i < count; i++) {
                previous = Crc32.update(base, Words.bytesOf(previous), 0, Integer.BYTES);
                points[i] = previous;
            }
            return points;
        }
    },
    /** MurmurHash3 of the name, then of the point before, and so on. */
    MURMUR_3_CHAIN {
        @Override
        int[] points(Node node, String name, int count, KeyHash keyHash) {
            byte[] text = name.getBytes(UTF_8);
            int[] points = new int[count];
            for (int i = 0; i < count; i++) {
                points[i] = Murmur.hash32(text, 0, text.length);
                text = Words.bytesOf(points[i]);
            }
            return points;
        }
    };

    /** Points in a digest. */
    static final int WORDS = 4;

    /** The points of a node, in the order in which the format makes them. */
    abstract int[] points(Node node, String name, int count, KeyHash keyHash);
}
