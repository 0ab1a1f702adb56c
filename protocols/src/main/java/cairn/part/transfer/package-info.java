/**
 * The memory of a process on its way from one machine to another, before the process itself goes,
 * with it, or after it; and what the process needs beside its memory.
 */
@NullMarked
package cairn.part.transfer;

import org.jspecify.annotations.NullMarked;
