/**
 * Off-heap memory: pages, slab classes and chunks.
 *
 * <pre>
 *   MemoryRegion   reserved address space, touched only as used
 *        ▲
 *   PagePool       cuts it into pages and bounds how many are out; any thread
 *        ▲
 *   SlabAllocator  cuts pages into chunks of a slab class; one per stripe, used by who holds it
 * </pre>
 *
 * <p>{@link io.memring.slab.SlabMemory} is the one class that reads and writes raw memory.
 */
@NullMarked
package io.memring.slab;

import org.jspecify.annotations.NullMarked;
