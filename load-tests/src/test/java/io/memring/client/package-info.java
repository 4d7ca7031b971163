/** The client against nodes of our own: what it takes two modules to test. */
@NullMarked
package io.memring.client;

import org.jspecify.annotations.NullMarked;
