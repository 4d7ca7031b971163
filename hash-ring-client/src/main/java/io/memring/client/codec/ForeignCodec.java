package io.memring.client.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.codec.Codecs.Conversion;
import io.memring.client.error.CodecException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Date;

/**
 * Values in the layouts of other clients, so that a cache can be shared while an application moves.
 *
 * @param name the other client's
 * @param decoder reads flags and bytes
 * @param stringFlags what that client has for text, which is what is written
 */
record ForeignCodec(String name, Decoder decoder, int stringFlags) implements Codec<Object> {

    /** Reads a value by its flags. */
    interface Decoder {
        Object decode(int flags, byte[] bytes) throws Exception;
    }

    // spymemcached and xmemcached: a type in the second byte, serialized and compressed in the
    // first.
    private static final int SERIALIZED = 1;
    private static final int COMPRESSED = 2;
    private static final int TYPE_MASK = 0xFF00;

    // php-memcached: a type in the lowest four bits, compression further up.
    private static final int PHP_TYPE_MASK = 0xF;
    private static final int PHP_COMPRESSED = 1 << 4;

    static ForeignCodec spymemcached(Conversion<byte[], Object> deserializer) {
        return new ForeignCodec(
                "spymemcached", (flags, bytes) -> javaValue(flags, bytes, deserializer), 0);
    }

    static ForeignCodec xmemcached(Conversion<byte[], Object> deserializer) {
        return new ForeignCodec(
                "xmemcached", (flags, bytes) -> javaValue(flags, bytes, deserializer), 0);
    }

    static ForeignCodec php() {
        return new ForeignCodec("php-memcached", ForeignCodec::phpValue, 0);
    }

    @Override
    public Encoded encode(Object value) {
        if (value instanceof String text) {
            return new Encoded(stringFlags, text.getBytes(UTF_8));
        }
        throw new CodecException(
                "only text is written in the layout of " + name + ": " + value.getClass(), null);
    }

    @Override
    public Object decode(int clientFlags, byte[] bytes) {
        try {
            return decoder.decode(clientFlags, bytes);
        } catch (CodecException e) {
            throw e;
        } catch (Exception e) { // Whatever a conversion throws.
            throw new CodecException(
                    "not of " + name + ": clientFlags=" + clientFlags + ": " + e, e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // It is what those clients store.
    private static Object javaValue(
            int flags, byte[] stored, Conversion<byte[], Object> deserializer) throws Exception {
        byte[] bytes = (flags & COMPRESSED) == 0 ? stored : Compression.GZIP.unpack(stored);
        if ((flags & SERIALIZED) != 0) {
            return deserializer.apply(bytes);
        }
        return switch (flags & TYPE_MASK) {
            case 0 -> new String(bytes, UTF_8);
            case 1 << 8 -> number(bytes) == '1';
            case 2 << 8 -> (int) number(bytes);
            case 3 << 8 -> number(bytes);
            case 4 << 8 -> new Date(number(bytes));
            case 5 << 8 -> (byte) number(bytes);
            case 6 << 8 -> Float.intBitsToFloat((int) number(bytes));
            case 7 << 8 -> Double.longBitsToDouble(number(bytes));
            case 8 << 8 -> bytes;
            default -> throw new IOException("unknown type");
        };
    }

    /** Big-endian, without leading zeros. */
    private static long number(byte[] bytes) throws IOException {
        if (bytes.length > Long.BYTES) {
            throw new IOException("a number of " + bytes.length + " bytes");
        }
        return ByteBuffer.allocate(Long.BYTES)
                .position(Long.BYTES - bytes.length)
                .put(bytes)
                .getLong(0);
    }

    private static Object phpValue(int flags, byte[] bytes) throws IOException {
        if ((flags & PHP_COMPRESSED) != 0) {
            throw new IOException("compressed by PHP");
        }
        String text = new String(bytes, UTF_8);
        return switch (flags & PHP_TYPE_MASK) {
            case 0 -> text;
            case 1 -> Long.parseLong(text);
            case 2 -> Double.parseDouble(text);
            case 3 -> text.equals("1");
            default -> throw new IOException("serialized by PHP");
        };
    }
}
