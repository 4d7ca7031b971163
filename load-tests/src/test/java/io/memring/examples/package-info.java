/** The examples of the documentation, which are compiled and run as an application's code. */
@NullMarked
package io.memring.examples;

import org.jspecify.annotations.NullMarked;
