package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Decodes the request lines of one connection. */
public final class TextRequestDecoder {
    private final MetaFlags meta = new MetaFlags();

    public TextRequestDecoder() {}

    public Verb decode(ByteBuf in) { return Verb.INCOMPLETE; }

    public KeyStatus nextKey(ByteBuf in) { return KeyStatus.INCOMPLETE; }

    public ByteBuf keyBuffer() { return Unpooled.EMPTY_BUFFER; }
    public int keyIndex() { return 0; }
    public int keyLength() { return 0; }
    public int wireKeyIndex() { return 0; }
    public int wireKeyLength() { return 0; }
    public boolean noreply() { return false; }
    public int clientFlags() { return 0; }
    public int exptime() { return 0; }
    public int valueLength() { return 0; }
    public long casUnique() { return 0; }
    public long delta() { return 0; }
    public TextError error() { return TextError.BAD_COMMAND_LINE; }
    public long bytesToSwallow() { return 0; }
    public MetaFlags meta() { return meta; }
    public int tokenCount() { return 0; }
    public String token(int i) { return ""; }
    public int lineStart() { return 0; }
    public int lineLength() { return 0; }
    /** Forgets everything about a line in progress: the next {@code decode} starts afresh. */
    public void reset() {}
    /** Frees the scratch buffer; the decoder is not used afterwards. */
    public void release() {}
}
