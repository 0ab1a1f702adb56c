/** Ranks of several threads, with hot and cold pages and memory that is mapped anew. */
@NullMarked
package cairn.application.crew;

import org.jspecify.annotations.NullMarked;
