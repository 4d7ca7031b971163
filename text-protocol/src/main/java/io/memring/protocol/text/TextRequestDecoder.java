package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/**
 * Decodes the request lines of one connection, in place and without copying. One per connection,
 * used by one thread at a time. What a request says is asked from the decoder after {@link #decode}
 * (or {@link #nextKey}) and holds until the next call of it; indexes point into the input buffer.
 */
public final class TextRequestDecoder {
    /*
     * Two ways lead through a line. Most commands wait for the whole line, which RequestLine cuts
     * into tokens as it arrives, and one class per family of commands then reads the tokens.
     * Retrievals do not wait: the verb is enough to begin (for gat the exptime, too), and KeyList
     * takes key by key, so that a line with thousands of keys needs no more memory than one.
     *
     * No answer depends on how the bytes were cut into packets: whatever has been seen of a line
     * only moves `scanned` marks, and a line is judged only when the part to be judged is there.
     */

    /** A line of fewer bytes, its end included, cannot hold a command. */
    private static final int MIN_LINE_LENGTH = 4;

    private static final int GET_SPACE = 'g' | ('e' << 8) | ('t' << 16) | (' ' << 24);
    private static final int GETS = 'g' | ('e' << 8) | ('t' << 16) | ('s' << 24);
    private static final int GAT_SPACE = 'g' | ('a' << 8) | ('t' << 16) | (' ' << 24);
    private static final int GATS = 'g' | ('a' << 8) | ('t' << 16) | ('s' << 24);
    private static final int GET_LENGTH = 3;
    private static final int GETS_LENGTH = 4;

    private static final int GAT_EXPTIME = 1;
    private static final int TOKENS_BEFORE_GAT_KEYS = 2;

    private final RequestLine line = new RequestLine();
    private final RequestFields request = new RequestFields();
    private final NumberReader numbers = new NumberReader();
    private final KeyList keys = new KeyList();
    private final MetaLine metaLine = new MetaLine();

    /**
     * Decodes the next request line. {@code INCOMPLETE} consumes nothing and remembers how far it
     * has looked; the unread bytes may move to another place or buffer before the next call. Any
     * other verb consumes the line, but for {@code GET}, {@code GETS}, {@code GAT} and {@code GATS}
     * the keys and the line's end remain, for {@link #nextKey}.
     */
    public Verb decode(ByteBuf in) {
        if (in.readableBytes() > MIN_LINE_LENGTH) {
            int start = in.readerIndex();
            switch (in.getIntLE(start)) {
                case GET_SPACE -> {
                    return beginKeys(in, Verb.GET, start + GET_LENGTH + 1);
                }
                case GETS -> {
                    if (in.getByte(start + GETS_LENGTH) == ' ') {
                        return beginKeys(in, Verb.GETS, start + GETS_LENGTH + 1);
                    }
                }
                case GAT_SPACE -> {
                    return decodeGetAndTouch(in, Verb.GAT);
                }
                case GATS -> {
                    if (in.getByte(start + GETS_LENGTH) == ' ') {
                        return decodeGetAndTouch(in, Verb.GATS);
                    }
                }
                default -> {}
            }
        }
        return line.scan(in) ? decodeLine(in) : waitOrClose(in);
    }

    /** {@code gat|gats <exptime> <key>*}: begins with the keys once the exptime has ended. */
    private Verb decodeGetAndTouch(ByteBuf in, Verb verb) {
        boolean ended = line.scan(in);
        if (line.tokenCount() >= TOKENS_BEFORE_GAT_KEYS) {
            boolean valid =
                    numbers.signed32(
                            in, line.tokenStart(GAT_EXPTIME), line.tokenLength(GAT_EXPTIME));
            request.exptime = numbers.intValue();
            Verb begun = beginKeys(in, verb, line.tokenEnd(GAT_EXPTIME));
            keys.begin(valid ? null : TextError.INVALID_EXPTIME);
            return begun;
        }
        return ended ? decodeLine(in) : waitOrClose(in);
    }

    private Verb beginKeys(ByteBuf in, Verb verb, int keysIndex) {
        line.forget();
        request.clear();
        keys.begin(null);
        in.readerIndex(keysIndex);
        return verb;
    }

    /** The line has not ended within what was looked at: more may come, or too much has. */
    private Verb waitOrClose(ByteBuf in) {
        if (in.readableBytes() <= RequestLine.MAX_LENGTH) {
            return Verb.INCOMPLETE;
        }
        line.forget();
        request.clear();
        in.readerIndex(in.writerIndex());
        return Verb.CLOSE;
    }

    private Verb decodeLine(ByteBuf in) {
        request.clear();
        in.readerIndex(line.start() + line.length());
        if (line.length() < MIN_LINE_LENGTH) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        boolean verbAtStart = line.tokenCount() > 0 && line.tokenStart(0) == line.start();
        Verb verb =
                verbAtStart ? VerbWords.of(line.tokenWord(0), line.tokenLength(0)) : Verb.UNKNOWN;
        return switch (verb) {
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS ->
                    StorageLine.decode(line, verb, request, numbers);
            case META_GET, META_SET, META_DELETE, META_ARITHMETIC, META_DEBUG ->
                    metaLine.decode(line, verb, request, numbers);
            case DELETE, INCR, DECR, TOUCH -> KeyedLine.decode(line, verb, request, numbers);
            // Only a verb without anything behind it comes here; nextKey will find no key.
            case GET, GETS, GAT, GATS -> beginKeys(in, verb, line.tokenEnd(line.tokenCount() - 1));
            case META_NOOP, VERSION, QUIT, STATS, WATCH -> verb;
            case UNKNOWN -> AdminLine.decode(line, request, numbers);
            case FLUSH_ALL,
                    VERBOSITY,
                    SHUTDOWN,
                    CACHE_MEMLIMIT,
                    DEBUGTIME,
                    SLABS,
                    LRU,
                    LRU_CRAWLER,
                    REFRESH_CERTS,
                    EXTSTORE,
                    INCOMPLETE,
                    INVALID,
                    CLOSE ->
                    throw new AssertionError(verb);
        };
    }

    /**
     * The next key of a retrieval. {@code KEY} leaves the reader index behind the key and never
     * behind the line's end, which only {@code END} consumes. {@code INCOMPLETE} consumes what
     * stands before the unfinished key. {@code INVALID} comes when the bad line has been consumed;
     * until its end has arrived it is dropped, and {@code INCOMPLETE} returned.
     */
    public KeyStatus nextKey(ByteBuf in) {
        return keys.next(in, request);
    }

    /** Where {@link #keyIndex} points: the input, or a scratch buffer that holds a decoded key. */
    public ByteBuf keyBuffer() {
        return request.keyBuffer;
    }

    /** Where the key that the cache uses begins. */
    public int keyIndex() {
        return request.keyIndex;
    }

    /** The length of the key that the cache uses. */
    public int keyLength() {
        return request.keyLength;
    }

    /** Where the key as sent begins, always in the input. */
    public int wireKeyIndex() {
        return request.wireKeyIndex;
    }

    /** The length of the key as sent. */
    public int wireKeyLength() {
        return request.wireKeyLength;
    }

    /** Whether replies, errors included, are to be left out. */
    public boolean noreply() {
        return request.noreply;
    }

    /** The client flags of a classic storage command, unsigned. */
    public int clientFlags() {
        return request.clientFlags;
    }

    /** The exptime as sent, of classic commands and {@code flush_all}. */
    public int exptime() {
        return request.exptime;
    }

    /** The length of the value that follows, without its CRLF. */
    public int valueLength() {
        return request.valueLength;
    }

    /** The CAS unique of {@code cas}, unsigned. */
    public long casUnique() {
        return request.casUnique;
    }

    /** The amount of {@code incr} and {@code decr}, unsigned. */
    public long delta() {
        return request.delta;
    }

    /** What to answer to an invalid request. */
    public TextError error() {
        return request.error;
    }

    /** How many bytes of value and CRLF follow an invalid request and are to be skipped. */
    public long bytesToSwallow() {
        return request.bytesToSwallow;
    }

    /** The flags of a meta command. */
    public MetaFlags meta() {
        return metaLine.flags();
    }

    /** The number of tokens on the line, verb included, at most 23. Not for retrievals. */
    public int tokenCount() {
        return line.tokenCount();
    }

    /** A token as text, one character per byte. Allocates. Not for retrievals. */
    public String token(int index) {
        return line.tokenText(index);
    }

    /** Where the whole line begins in the input. Not for retrievals. */
    public int lineStart() {
        return line.start();
    }

    /** The length of the whole line, its end included. Not for retrievals. */
    public int lineLength() {
        return line.length();
    }
}
