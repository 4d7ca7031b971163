/** Tests of {@code memring ring}. */
@org.jspecify.annotations.NullMarked
package io.memring.load.ring;
