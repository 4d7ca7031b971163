package io.memring.load.ring;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Encoded;

/**
 * Bytes as they are, whoever wrote them.
 *
 * @param clientFlags what is stored with them
 */
record RawCodec(int clientFlags) implements Codec<byte[]> {

    @Override
    public Encoded encode(byte[] value) {
        return new Encoded(clientFlags, value);
    }

    @Override
    public byte[] decode(int anyFlags, byte[] bytes) {
        return bytes;
    }
}
