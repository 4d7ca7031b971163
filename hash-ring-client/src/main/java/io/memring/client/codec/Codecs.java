package io.memring.client.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.CodecException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** The usual codecs. */
public final class Codecs {

    /** Identities from here on are free for codecs of applications, up to 255. */
    public static final int FIRST_FREE_ID = 16;

    private static final int LAST_ID = 255;
    private static final int BYTES_ID = 1;
    private static final int STRING_ID = 2;
    private static final int LONG_ID = 3;
    private static final int SERIALIZED_ID = 4;
    private static final int JSON_ID = 5;

    private static final Codec<byte[]> BYTES =
            new IdentifiedCodec<>(BYTES_ID, true, value -> value, bytes -> bytes);
    private static final Codec<String> STRING =
            new IdentifiedCodec<>(
                    STRING_ID,
                    true,
                    value -> value.getBytes(UTF_8),
                    bytes -> new String(bytes, UTF_8));
    private static final Codec<Long> LONG =
            new IdentifiedCodec<>(
                    LONG_ID,
                    true,
                    value -> Long.toUnsignedString(value).getBytes(US_ASCII),
                    bytes -> Long.parseUnsignedLong(new String(bytes, US_ASCII).strip()));

    private Codecs() {}

    /** One direction of a codec; what it throws becomes a {@link CodecException}. */
    @FunctionalInterface
    public interface Conversion<A, B> {
        /** Converts. */
        B apply(A from) throws Exception;
    }

    /** Bytes as they are. Also reads what another client wrote. */
    public static Codec<byte[]> bytes() {
        return BYTES;
    }

    /** Text in UTF-8. Also reads what another client wrote. */
    public static Codec<String> string() {
        return STRING;
    }

    /** Numbers in the decimal form that nodes count in, without a sign. */
    public static Codec<Long> longs() {
        return LONG;
    }

    /**
     * A codec by two functions.
     *
     * @param id tells its values from those of other codecs, 16 to 255
     */
    public static <T> Codec<T> of(
            int id, Conversion<T, byte[]> encoder, Conversion<byte[], T> decoder) {
        if (id < FIRST_FREE_ID || id > LAST_ID) {
            throw new IllegalArgumentException("an identity is 16 to 255: id=" + id);
        }
        return new IdentifiedCodec<>(id, false, encoder, decoder);
    }

    /** JSON by the library of your choice. Also reads what another client wrote. */
    public static <T> Codec<T> json(Conversion<T, byte[]> encoder, Conversion<byte[], T> decoder) {
        return new IdentifiedCodec<>(JSON_ID, true, encoder, decoder);
    }

    /**
     * Java serialization. Whoever can write to the cache can make the application construct any
     * object of the classes that the filter lets pass.
     *
     * @param filter rejects classes that are not expected; one that decides nothing rejects
     */
    public static <T extends Serializable> Codec<T> serialized(
            Class<T> type, ObjectInputFilter filter) {
        return new IdentifiedCodec<>(
                SERIALIZED_ID,
                false,
                Codecs::serialize,
                bytes -> type.cast(deserialize(bytes, filter)));
    }

    private static byte[] serialize(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object deserialize(byte[] bytes, ObjectInputFilter filter) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(info -> decided(filter.checkInput(info), info));
            return in.readObject();
        }
    }

    private static ObjectInputFilter.Status decided(
            ObjectInputFilter.Status status, ObjectInputFilter.FilterInfo info) {
        boolean open = status == ObjectInputFilter.Status.UNDECIDED && info.serialClass() != null;
        return open ? ObjectInputFilter.Status.REJECTED : status;
    }

    /** Another codec whose values are compressed from a size on. */
    public static <T> Codec<T> compressed(Codec<T> codec, Compression compression, int fromBytes) {
        return new CompressedCodec<>(codec, compression, fromBytes);
    }

    /** What spymemcached's and the ElastiCache client's default transcoder wrote, and its like. */
    public static Codec<Object> spymemcached(ObjectInputFilter filter) {
        return ForeignCodec.spymemcached(bytes -> deserialize(bytes, filter));
    }

    /** What xmemcached's default transcoder wrote, and its like. */
    public static Codec<Object> xmemcached(ObjectInputFilter filter) {
        return ForeignCodec.xmemcached(bytes -> deserialize(bytes, filter));
    }

    /** Text, numbers and booleans that php-memcached wrote. */
    public static Codec<Object> php() {
        return ForeignCodec.php();
    }
}
