package io.memring.client.codec;

import io.memring.client.error.CodecException;

import java.io.IOException;

/**
 * Compresses what another codec writes, from a size on and only if it gets smaller; reads either.
 *
 * @param fromBytes the size from which on it tries
 */
record CompressedCodec<T>(Codec<T> codec, Compression compression, int fromBytes)
        implements Codec<T> {

    @Override
    public Encoded encode(T value) {
        Encoded plain = codec.encode(value);
        if (plain.bytes().length < fromBytes || !ClientFlags.isOurs(plain.clientFlags())) {
            return plain;
        }
        try {
            byte[] packed = compression.pack(plain.bytes());
            return packed.length < plain.bytes().length
                    ? new Encoded(
                            ClientFlags.withPacking(plain.clientFlags(), compression.id), packed)
                    : plain;
        } catch (IOException e) {
            throw new CodecException("cannot compress: " + e.getMessage(), e);
        }
    }

    @Override
    public T decode(int clientFlags, byte[] bytes) {
        int packing = ClientFlags.packing(clientFlags);
        if (packing == 0) {
            return codec.decode(clientFlags, bytes);
        }
        try {
            byte[] plain = Compression.ofId(packing).unpack(bytes);
            return codec.decode(ClientFlags.withPacking(clientFlags, 0), plain);
        } catch (IOException e) {
            throw new CodecException("cannot unpack: " + e.getMessage(), e);
        }
    }
}
