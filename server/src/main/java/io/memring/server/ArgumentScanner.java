package io.memring.server;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into flags and their values by the rules of {@code getopt_long}, which
 * memcached uses: {@code -vM}, {@code -p1}, {@code -p 1}, {@code --port=1}, {@code --port 1}, long
 * names cut short where that is unambiguous, and words that are no flags anywhere between.
 */
final class ArgumentScanner {

    /**
     * A flag as given.
     *
     * @param value null for a flag that takes none
     */
    record Argument(Flag flag, @Nullable String value) {}

    private final String[] words;
    private final List<Argument> arguments = new ArrayList<>();
    private final List<String> otherWords = new ArrayList<>();
    private int next;

    private ArgumentScanner(String[] words) {
        this.words = words;
    }

    /** Scans the whole line. */
    static ArgumentScanner scan(String... words) {
        ArgumentScanner scanner = new ArgumentScanner(words);
        scanner.scanAll();
        return scanner;
    }

    /** The flags in their order. */
    List<Argument> arguments() {
        return arguments;
    }

    /** What is neither a flag nor a flag's value. */
    List<String> otherWords() {
        return otherWords;
    }

    private void scanAll() {
        boolean flagsEnded = false;
        while (next < words.length) {
            String word = words[next++];
            if (flagsEnded || word.length() < 2 || word.charAt(0) != '-') {
                otherWords.add(word);
            } else if (word.equals("--")) {
                flagsEnded = true;
            } else if (word.startsWith("--")) {
                scanLong(word);
            } else {
                scanShort(word);
            }
        }
    }

    private void scanLong(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Flag flag = ofLongName(name);
        boolean hasValue = equals >= 0 && !flag.ignoresValue();
        if (hasValue && !flag.takesValue()) {
            throw new InvalidOptionException(name + ": takes no value");
        }
        add(flag, hasValue ? word.substring(equals + 1) : null);
    }

    /**
     * A letter that takes a value takes the rest of the word, or the next word when there is no
     * rest.
     */
    private void scanShort(String word) {
        for (int i = 1; i < word.length(); i++) {
            Flag flag = ofShortName("-" + word.charAt(i));
            if (flag.takesValue()) {
                add(flag, i + 1 < word.length() ? word.substring(i + 1) : null);
                return;
            }
            add(flag, null);
        }
    }

    private void add(Flag flag, @Nullable String given) {
        String value = given;
        if (value == null && flag.takesValue()) {
            if (next == words.length) {
                throw new InvalidOptionException(flag.optionName() + ": needs a value");
            }
            value = words[next++];
        }
        arguments.add(new Argument(flag, value));
    }

    private static Flag ofShortName(String name) {
        for (Flag flag : Flag.values()) {
            if (name.equals(flag.shortName())) {
                return flag;
            }
        }
        throw unknown(name);
    }

    private static Flag ofLongName(String name) {
        Flag found = null;
        for (Flag flag : Flag.values()) {
            String longName = flag.longName();
            if (name.equals(longName)) {
                return flag;
            }
            if (longName != null && longName.startsWith(name)) {
                if (found != null) {
                    throw new InvalidOptionException(
                            name + ": may mean " + found.longName() + " or " + longName);
                }
                found = flag;
            }
        }
        if (found == null) {
            throw unknown(name);
        }
        return found;
    }

    private static InvalidOptionException unknown(String name) {
        return new InvalidOptionException(name + ": unknown option (memring -h lists them)");
    }
}
