package io.memring.slab;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The C library that the JVM itself runs on. */
final class CLibrary {

    private CLibrary() {}

    /** A handle of a function; making one takes milliseconds. */
    @SuppressWarnings(
            "restricted") // Descriptors are constants of this package, as in the C headers.
    static MethodHandle link(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
