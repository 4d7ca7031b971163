/** Off-heap memory: pages, slab classes and chunks. */
@NullMarked
package io.memring.slab;

import org.jspecify.annotations.NullMarked;
