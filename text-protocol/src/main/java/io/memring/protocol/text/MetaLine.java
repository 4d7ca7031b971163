package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * {@code mg|md|ma|me <key> <flag>*} and {@code ms <key> <datalen> <flag>*}.
 *
 * <p>Any command takes any known flag, whether it has a meaning there or not, and checks its token.
 */
final class MetaLine {
    private static final int KEY = 1;
    private static final int DATALEN = 2;
    private static final int MAX_TOKENS = 20;

    /** Bytes behind the letter O. */
    private static final int MAX_OPAQUE_LENGTH = 31;

    /** What a bare M leaves as the mode: nothing that a command knows. */
    private static final byte NO_MODE_LETTER = ' ';

    private final MetaFlags flags = new MetaFlags();
    private final Base64Key base64Key = new Base64Key();

    MetaFlags flags() {
        return flags;
    }

    Verb decode(RequestLine line, Verb verb, RequestFields request, NumberReader numbers) {
        int firstFlag = verb == Verb.META_SET ? DATALEN + 1 : KEY + 1;
        if (line.tokenCount() < firstFlag || !collectFlags(line, firstFlag)) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        boolean keyFits = request.key(line, KEY);
        return switch (verb) {
            case META_SET -> decodeSet(line, keyFits, request, numbers);
            case META_ARITHMETIC -> decodeArithmetic(line, keyFits, request, numbers);
            case META_DEBUG -> decodeDebug(keyFits, request);
            default -> {
                TextError error = understand(line, keyFits, request, numbers);
                error = error == null ? checkOpaque() : error;
                yield error == null ? verb : request.reject(error);
            }
        };
    }

    private Verb decodeSet(
            RequestLine line, boolean keyFits, RequestFields request, NumberReader numbers) {
        if (!StorageLine.readValueLength(line, DATALEN, request, numbers)) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        TextError error = understand(line, keyFits, request, numbers);
        error = error == null ? checkSetMode() : error;
        error = error == null ? checkOpaque() : error;
        return error == null ? Verb.META_SET : request.rejectWithValue(error);
    }

    private Verb decodeArithmetic(
            RequestLine line, boolean keyFits, RequestFields request, NumberReader numbers) {
        if (understand(line, keyFits, request, numbers) != null) {
            return request.reject(TextError.META_INVALID_OR_DUPLICATE_FLAG);
        }
        TextError error = checkArithmeticMode();
        error = error == null ? checkOpaque() : error;
        return error == null ? Verb.META_ARITHMETIC : request.reject(error);
    }

    /** {@code me} looks at no flag but {@code b}. */
    private Verb decodeDebug(boolean keyFits, RequestFields request) {
        boolean base64 = flags.count() > 0 && flags.letter(0) == 'b' && flags.tokenLength(0) == 0;
        if (!keyFits || (base64 && !base64Key.decode(request))) {
            return request.reject(TextError.BAD_COMMAND_LINE);
        }
        if (base64) {
            flags.mark((byte) 'b');
        }
        return Verb.META_DEBUG;
    }

    /** Lists the flags; false if one begins with neither a letter nor a digit. */
    private boolean collectFlags(RequestLine line, int firstFlag) {
        flags.clear();
        for (int token = firstFlag; token < line.tokenCount(); token++) {
            int index = line.tokenStart(token);
            byte letter = line.buffer().getByte(index);
            boolean possible = (letter >= 'A' && letter <= 'z') || (letter >= '0' && letter <= '9');
            if (!possible) {
                return false;
            }
            flags.add(letter, index + 1, line.tokenLength(token) - 1);
        }
        return true;
    }

    /**
     * Reads the flags and their tokens. An unknown or repeated letter ends this at once; of bad
     * tokens the last one gives the error, but never F, which has no error of its own.
     */
    private @Nullable TextError understand(
            RequestLine line, boolean keyFits, RequestFields request, NumberReader numbers) {
        if (!keyFits) {
            return TextError.BAD_COMMAND_LINE;
        }
        if (line.tokenCount() > MAX_TOKENS) {
            return TextError.META_TOO_MANY_FLAGS;
        }
        TextError pending = null;
        for (int flag = 0; flag < flags.count(); flag++) {
            byte letter = flags.letter(flag);
            if (letter < 'A') {
                return TextError.META_INVALID_FLAG;
            }
            if (!flags.mark(letter)) {
                return TextError.META_DUPLICATE_FLAG;
            }
            TextError error = readToken(line.buffer(), flag, request, numbers);
            if (error == TextError.META_INVALID_FLAG) {
                return error;
            }
            boolean keepsPending = error == null || (letter == 'F' && pending != null);
            pending = keepsPending ? pending : error;
        }
        return pending;
    }

    private @Nullable TextError readToken(
            ByteBuf in, int flag, RequestFields request, NumberReader numbers) {
        return switch (flags.letter(flag)) {
            case 'c', 'f', 'h', 'k', 'l', 'q', 's', 't', 'u', 'v', 'x', 'I', 'L', 'O', 'P' -> null;
            case 'b' -> base64Key.decode(request) ? null : TextError.META_BAD_KEY;
            case 'C', 'D', 'E', 'J' -> readLong(in, flag, numbers);
            case 'N', 'R', 'T' -> readExptime(in, flag, numbers);
            case 'F' -> readClientFlags(in, flag, numbers);
            case 'M' -> readMode(in, flag);
            default -> TextError.META_INVALID_FLAG;
        };
    }

    private @Nullable TextError readLong(ByteBuf in, int flag, NumberReader numbers) {
        boolean valid = numbers.unsigned64(in, flags.tokenIndex(flag), flags.tokenLength(flag));
        byte letter = flags.letter(flag);
        if (!valid) {
            return switch (letter) {
                case 'D' -> TextError.META_DELTA;
                case 'J' -> TextError.META_INITIAL;
                default -> TextError.BAD_TOKEN;
            };
        }
        switch (letter) {
            case 'C' -> flags.casCompare = numbers.value();
            case 'D' -> flags.delta = numbers.value();
            case 'E' -> flags.casExplicit = numbers.value();
            default -> flags.initial = numbers.value();
        }
        return null;
    }

    private @Nullable TextError readExptime(ByteBuf in, int flag, NumberReader numbers) {
        if (!numbers.signed32(in, flags.tokenIndex(flag), flags.tokenLength(flag))) {
            return TextError.BAD_TOKEN;
        }
        switch (flags.letter(flag)) {
            case 'N' -> flags.vivifyExptime = numbers.intValue();
            case 'R' -> flags.recacheSeconds = numbers.intValue();
            default -> flags.touchExptime = numbers.intValue();
        }
        return null;
    }

    private @Nullable TextError readClientFlags(ByteBuf in, int flag, NumberReader numbers) {
        if (!numbers.unsigned32(in, flags.tokenIndex(flag), flags.tokenLength(flag))) {
            return TextError.BAD_COMMAND_LINE;
        }
        flags.clientFlags = numbers.intValue();
        return null;
    }

    /** Only the first letter of a mode counts. */
    private @Nullable TextError readMode(ByteBuf in, int flag) {
        boolean bare = flags.tokenLength(flag) == 0;
        flags.mode = bare ? NO_MODE_LETTER : in.getByte(flags.tokenIndex(flag));
        return null;
    }

    private @Nullable TextError checkSetMode() {
        return switch (flags.mode) {
            case 'E', 'A', 'P', 'R', 'S' -> null;
            case 0 -> {
                flags.mode = 'S';
                yield null;
            }
            default -> TextError.META_SET_MODE;
        };
    }

    private @Nullable TextError checkArithmeticMode() {
        return switch (flags.mode) {
            case 0, 'I', '+' -> {
                flags.mode = '+';
                yield null;
            }
            case 'D', '-' -> {
                flags.mode = '-';
                yield null;
            }
            default -> TextError.META_ARITHMETIC_MODE;
        };
    }

    private @Nullable TextError checkOpaque() {
        if (!flags.has('O')) {
            return null;
        }
        int flag = 0;
        while (flags.letter(flag) != 'O') {
            flag++;
        }
        return flags.tokenLength(flag) > MAX_OPAQUE_LENGTH ? TextError.META_OPAQUE_TOO_LONG : null;
    }
}
