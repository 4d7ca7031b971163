package io.memring.slab.libc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A function of the C library that the JVM itself runs on, of up to six integers or addresses. Any
 * thread may call it.
 *
 * <p>All of them are called alike, with six words, and give back one. By the calling conventions of
 * Linux (System V for x86-64, AAPCS64), each of the first six integers or addresses is passed in a
 * register of its own, of which the function reads as many bits as its parameter has, and it does
 * not look at registers that it has no parameter for. So one shape of call serves for all: the JVM
 * spends ten to twenty milliseconds on the first function of each shape, and half of one on the
 * others, while a node starts. Where a function gives back an {@code int}, only the lower half of
 * the word counts; where it gives back nothing, nothing does.
 *
 * @param name as in the C headers
 * @param handle of six longs that gives back one; final and trusted by the JIT, as it is in a
 *     record, so that a call by way of a constant is compiled into a plain call
 */
public record CFunction(String name, MethodHandle handle) {

    private static final FunctionDescriptor SIX_WORDS =
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** Finds a function that every Linux has; {@link IllegalStateException} where it is not. */
    public static CFunction link(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalStateException("The C library has no function " + name));
    }

    /** Finds a function that may be missing. */
    @SuppressWarnings("restricted") // Unsafe if SIX_WORDS did not fit; why it does stands above.
    public static Optional<CFunction> find(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> new CFunction(name, linker.downcallHandle(address, SIX_WORDS)));
    }

    public long call(long first) {
        return call(first, 0, 0, 0, 0, 0);
    }

    public long call(long first, long second) {
        return call(first, second, 0, 0, 0, 0);
    }

    public long call(long first, long second, long third) {
        return call(first, second, third, 0, 0, 0);
    }

    public long call(long first, long second, long third, long fourth) {
        return call(first, second, third, fourth, 0, 0);
    }

    /** Calls the function; arguments that it has no parameter for do nothing. */
    public long call(long first, long second, long third, long fourth, long fifth, long sixth) {
        try {
            return (long) handle.invokeExact(first, second, third, fourth, fifth, sixth);
        } catch (Throwable failure) {
            // Every method handle declares it; a C function throws nothing.
            throw new IllegalStateException(name + " cannot be called", failure);
        }
    }
}
