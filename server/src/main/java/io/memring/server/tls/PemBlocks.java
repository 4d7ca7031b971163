package io.memring.server.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file, in their order; text around them is skipped. */
final class PemBlocks {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private PemBlocks() {}

    /**
     * One block.
     *
     * @param label what stands behind BEGIN
     * @param body all between the two lines
     */
    record Block(String label, String body) {

        /** Headers in front of the data: the old way to write that a key is encrypted. */
        boolean hasHeaders() {
            return body.indexOf(':') >= 0;
        }

        /** The data; {@link IllegalArgumentException} when it is no base64. */
        byte[] data() {
            return Base64.getMimeDecoder().decode(body);
        }
    }

    static List<Block> parse(byte[] file) {
        Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
