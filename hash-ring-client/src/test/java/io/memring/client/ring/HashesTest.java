package io.memring.client.ring;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;

import net.spy.memcached.DefaultHashAlgorithm;

import org.junit.jupiter.api.Test;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

/** Hashes against other implementations of them. */
final class HashesTest {
    private static final int LONGEST = 300;

    private final byte[] bytes = new byte[LONGEST + 8];

    HashesTest() {
        new Random(42).nextBytes(bytes);
    }

    @Test
    void md5_everyLengthAndOffset_equalsTheJdk() throws NoSuchAlgorithmException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        for (int length = 0; length <= LONGEST; length++) {
            int from = length % 7;
            byte[] part = Arrays.copyOfRange(bytes, from, from + length);
            byte[] expected = md5.digest(part);

            assertThat(KeyHash.MD5.hash(bytes, from, length))
                    .isEqualTo(Words.littleEndian(expected, 0));
            int[] words = Md5.words(part);
            for (int i = 0; i < 4; i++) {
                assertThat(words[i]).isEqualTo(Words.littleEndian(expected, 4 * i));
            }
        }
    }

    @Test
    void crc32_everyLength_equalsTheJdk() {
        for (int length = 0; length <= LONGEST; length++) {
            CRC32 crc = new CRC32();
            crc.update(bytes, 3, length);

            assertThat(KeyHash.CRC_32.hash(bytes, 3, length)).isEqualTo((int) crc.getValue());
        }
    }

    @Test
    @SuppressWarnings("deprecation") // Guava's fixed one differs for text only.
    void murmur3_everyLength_equalsGuava() {
        for (int length = 0; length <= LONGEST; length++) {
            assertThat(KeyHash.MURMUR_3.hash(bytes, 5, length))
                    .isEqualTo(Hashing.murmur3_32().hashBytes(bytes, 5, length).asInt());
        }
    }

    @Test
    void fnv_ascii_equalsSpymemcached() {
        for (int i = 0; i < 1000; i++) {
            String key = "key:" + i * i;
            byte[] utf8 = key.getBytes(UTF_8);

            assertThat(KeyHash.FNV_1A_32.hash(utf8, 0, utf8.length))
                    .isEqualTo((int) DefaultHashAlgorithm.FNV1A_32_HASH.hash(key));
            assertThat(KeyHash.STRING_HASH_CODE.hash(utf8, 0, utf8.length))
                    .isEqualTo((int) DefaultHashAlgorithm.NATIVE_HASH.hash(key));
        }
    }

    @Test
    void oneAtATime_highBytes_areSignedInLibmemcachedAlone() {
        byte[] ascii = "foo".getBytes(UTF_8);
        byte[] umlaut = "fö".getBytes(UTF_8);

        assertThat(KeyHash.ONE_AT_A_TIME.hash(ascii, 0, ascii.length))
                .isEqualTo(KeyHash.ONE_AT_A_TIME_UNSIGNED.hash(ascii, 0, ascii.length));
        assertThat(KeyHash.ONE_AT_A_TIME.hash(umlaut, 0, umlaut.length))
                .isNotEqualTo(KeyHash.ONE_AT_A_TIME_UNSIGNED.hash(umlaut, 0, umlaut.length));
    }

    @Test
    void sha384_text_isTheFirstWordOfItsDigest() throws NoSuchAlgorithmException {
        byte[] text = "some other key".getBytes(UTF_8);
        byte[] expected = MessageDigest.getInstance("SHA-384").digest(text);

        assertThat(KeyHash.SHA_384.hash(text, 0, text.length))
                .isEqualTo(Words.littleEndian(expected, 0));
    }

    @Test
    void jump_published_sameBucket() {
        assertThat(IndexAlgorithm.jump(256, 1024)).isEqualTo(520);
        assertThat(IndexAlgorithm.jump(123456789, 1)).isZero();
    }

    @Test
    void furc_mcroutersGoldenKeys_sameIndex() {
        assertThat(furc("", 1 << 23)).isEqualTo(6173600);
        assertThat(furc("sample", 1 << 23)).isEqualTo(5167780);
        assertThat(furc("anything", 1)).isZero();
    }

    @Test
    void furc_mcroutersGoldenCounts_same() {
        int[] counts = new int[3];
        for (int i = 0; i < 1000; i++) {
            counts[furc(Integer.toString(i), 3)]++;
        }

        assertThat(counts).containsExactly(307, 342, 351);
    }

    private static int furc(String key, int nodes) {
        byte[] text = key.getBytes(UTF_8);
        return IndexAlgorithm.FURC.locate(text, 0, text.length, nodes);
    }
}
