/** The cache engine: stripes, the workers that own them, and the commands they run. */
@NullMarked
package io.memring.engine;

import org.jspecify.annotations.NullMarked;
