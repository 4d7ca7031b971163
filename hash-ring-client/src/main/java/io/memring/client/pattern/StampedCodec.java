package io.memring.client.pattern;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Encoded;
import io.memring.client.error.CodecException;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts eight bytes, the time stamp, in front of what another codec writes. */
record StampedCodec<S>(Codec<S> codec) implements Codec<Stamped<S>> {

    @Override
    public Encoded encode(Stamped<S> value) {
        Encoded encoded = codec.encode(value.value());
        byte[] bytes =
                ByteBuffer.allocate(Long.BYTES + encoded.bytes().length)
                        .putLong(value.createdMillis())
                        .put(encoded.bytes())
                        .array();
        return new Encoded(encoded.clientFlags(), bytes);
    }

    @Override
    public Stamped<S> decode(int clientFlags, byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new CodecException("no session: length=" + bytes.length, null);
        }
        byte[] rest = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        return new Stamped<>(ByteBuffer.wrap(bytes).getLong(), codec.decode(clientFlags, rest));
    }
}
