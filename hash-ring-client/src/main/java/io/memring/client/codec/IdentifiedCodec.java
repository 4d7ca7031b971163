package io.memring.client.codec;

import io.memring.client.codec.Codecs.Conversion;
import io.memring.client.error.CodecException;

/**
 * A codec whose values carry its identity in their flags.
 *
 * @param id the identity
 * @param readsForeign whether it also reads values without one
 */
record IdentifiedCodec<T>(
        int id, boolean readsForeign, Conversion<T, byte[]> encoder, Conversion<byte[], T> decoder)
        implements Codec<T> {

    @Override
    public Encoded encode(T value) {
        return new Encoded(ClientFlags.flags(id), convert(encoder, value, "cannot encode"));
    }

    @Override
    public T decode(int clientFlags, byte[] bytes) {
        boolean fits =
                ClientFlags.isOurs(clientFlags)
                        ? ClientFlags.codecId(clientFlags) == id
                        : readsForeign;
        if (!fits) {
            throw new CodecException(
                    "stored by another codec: codec=" + id + " clientFlags=" + clientFlags, null);
        }
        return convert(decoder, bytes, "cannot decode");
    }

    private <A, B> B convert(Conversion<A, B> conversion, A from, String complaint) {
        try {
            return conversion.apply(from);
        } catch (CodecException e) {
            throw e;
        } catch (Exception e) { // Whatever a conversion throws.
            throw new CodecException(complaint + ": codec=" + id + ": " + e, e);
        }
    }
}
