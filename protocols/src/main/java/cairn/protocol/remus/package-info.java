/**
 * Output holding: a backup that has every epoch in memory before its outputs leave (Cully et al.,
 * Remus, NSDI 2008).
 */
@NullMarked
package cairn.protocol.remus;

import org.jspecify.annotations.NullMarked;
