package io.memring.client.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Ways to compress values. */
public enum Compression {
    /** zlib's format. */
    DEFLATE(1) {
        @Override
        OutputStream packing(OutputStream out) {
            return new DeflaterOutputStream(out);
        }

        @Override
        InputStream unpacking(InputStream in) {
            return new InflaterInputStream(in);
        }
    },
    /** gzip's format, with a checksum. */
    GZIP(2) {
        @Override
        OutputStream packing(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }

        @Override
        InputStream unpacking(InputStream in) throws IOException {
            return new GZIPInputStream(in);
        }
    };

    /** More than this is not unpacked: a few bytes can say that they are a great many. */
    static final int MAX_UNPACKED = 64 << 20;

    /** Its number in client flags. */
    final int id;

    Compression(int id) {
        this.id = id;
    }

    abstract OutputStream packing(OutputStream out) throws IOException;

    abstract InputStream unpacking(InputStream in) throws IOException;

    byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
        try (OutputStream out = packing(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    byte[] unpack(byte[] packed) throws IOException {
        try (InputStream in = unpacking(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(MAX_UNPACKED + 1);
            if (bytes.length > MAX_UNPACKED) {
                throw new IOException("unpacks to more than " + MAX_UNPACKED + " bytes");
            }
            return bytes;
        }
    }

    static Compression ofId(int id) throws IOException {
        for (Compression compression : values()) {
            if (compression.id == id) {
                return compression;
            }
        }
        throw new IOException("unknown compression: id=" + id);
    }
}
