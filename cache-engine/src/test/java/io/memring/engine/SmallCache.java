package io.memring.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * The sequential cache that {@link EngineLincheckTest} holds the engine against: numbers under
 * numbered keys. Lincheck wants the same parameters as there; the thread makes no difference here.
 */
public final class SmallCache {

    private final Map<Integer, Long> numbers = new HashMap<>();

    public String set(int key, int value, int thread) {
        numbers.put(key, (long) value);
        return "STORED";
    }

    public String add(int key, int value, int thread) {
        return numbers.putIfAbsent(key, (long) value) == null ? "STORED" : "NOT_STORED";
    }

    public String replace(int key, int value, int thread) {
        return numbers.computeIfPresent(key, (k, old) -> (long) value) == null
                ? "NOT_STORED"
                : "STORED";
    }

    public String upload(int key, int value, int thread) {
        return set(key, value, thread);
    }

    public String get(int key, int thread) {
        Long number = numbers.get(key);
        return number == null ? "MISS" : number.toString();
    }

    public String delete(int key, int thread) {
        return numbers.remove(key) == null ? "NOT_FOUND" : "DELETED";
    }

    public String increment(int key, int thread) {
        Long number = numbers.computeIfPresent(key, (k, old) -> old + 1);
        return number == null ? "NOT_FOUND" : number.toString();
    }

    public String touch(int key, int thread) {
        return numbers.containsKey(key) ? "HIT" : "MISS";
    }
}
