/**
 * Nodes for the tests of applications. Needs JUnit Jupiter, which this module does not bring along.
 */
@NullMarked
package io.memring.server.testsupport;

import org.jspecify.annotations.NullMarked;
